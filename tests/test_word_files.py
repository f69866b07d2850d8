"""Every document as a Word file passes the check of the Open XML schema."""

import pytest
from openxml_audit import OpenXmlValidator

from kcbx_docs.papers.make import to_docx
from tests import golden, matrix


@pytest.mark.long
@pytest.mark.parametrize("document", golden.kept("national"))
def test_the_word_file_is_valid(document, tmp_path):
    _, one = matrix.worded("national")[document][0]
    data, problems = to_docx(one)
    assert problems == () and data is not None
    path = tmp_path / "paper.docx"
    path.write_bytes(data)
    found = OpenXmlValidator().validate(path).errors
    assert [str(error) for error in found] == []
