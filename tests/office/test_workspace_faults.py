"""A region and an office of two counties are asked about; whatever the list does not know is not."""

from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.office.check import check_files
from kcbx_docs.packs.regions import of_another_county
from tests.kinds.world import OFFICE, workspace


@pytest.mark.parametrize(
    ("region", "office", "elsewhere"),
    [
        ("正安县", "通海县白岩镇人民政府", "通海县"),
        ("520324", "贵州省贵阳市教育局", "贵州省贵阳市"),
        ("昆明市", "通海县教育局", "通海县"),
        ("正安县", "贵州省遵义市正安县白岩镇人民政府", ""),
        ("正安县", "遵义市教育局", ""),
        ("530400", "通海县秀山街道办事处", ""),
        ("兰坪白族普米族自治县", "兰坪县通甸镇人民政府", ""),
        ("鼓楼区", "南京市鼓楼区教育局", ""),
        ("530499", "云岭县青石镇人民政府", ""),
        ("正安县", "白岩中学", ""),
    ],
)
def test_an_office_called_after_another_county_than_its_region(
    region: str, office: str, elsewhere: str
) -> None:
    assert of_another_county(region, office) == elsewhere


def test_check_tells_of_it(tmp_path: Path) -> None:
    path = workspace(tmp_path, OFFICE.replace('"530499"', "通海县").replace("云岭县", "元江县"))
    found = [one.code for one in check_files([path.parent.parent / "kcbx.yaml"], date(2026, 4, 1))]
    assert found.count("WORK019") == 3  # the office and both others
