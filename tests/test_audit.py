"""Every document as a Word file passes the check of the Open XML schema."""

from openxml_audit import OpenXmlValidator

from kcbx_docs.papers.make import to_docx
from tests import matrix


def test_word_files_of_all_documents_are_valid(tmp_path):
    one_of_each = {sample.paper.document: one for sample, one in matrix.distinct()}
    wrong = {}
    for name, one in one_of_each.items():
        path = tmp_path / f"{name}.docx"
        data, problems = to_docx(one)
        assert problems == () and data is not None
        path.write_bytes(data)
        if found := OpenXmlValidator().validate(path).errors:
            wrong[name] = [str(error) for error in found]
    assert len(one_of_each) >= 39
    assert wrong == {}
