"""What a template cites in any case, and what only under some condition."""

import pytest

from kcbx_docs.packs.cited import cited_in


@pytest.mark.parametrize(
    ("template", "always"),
    [
        ('{{ 法条("甲法", 1) }}', {"甲法"}),
        ('<p>{{ 法条("甲法", 1)|默认 }}{{ 规则("数") }}</p>', {"甲法"}),
        ('{% set 依 = 法条("甲法", 1) %}', {"甲法"}),
        ('{% if 天 %}{{ 法条("甲法", 1) }}{% endif %}', set()),
        ('{% if 天 %}{{ 法条("甲法", 1) }}{% else %}{{ 法条("甲法", 2) }}{% endif %}', {"甲法"}),
        ('{% if 天 %}{{ 法条("甲法", 1) }}{% elif 地 %}{{ 法条("甲法", 2) }}{% endif %}', set()),
        ('{{ 法条("甲法", 1) if 天 else "无" }}', set()),
        ('{{ 法条("甲法", 1) if 天 else 法条("甲法", 2) }}', {"甲法"}),
        ('{% for 人 in 们 %}{{ 法条("甲法", 1) }}{% endfor %}', set()),
        ('{{ 天 and 法条("甲法", 1) }}', set()),
    ],
)
def test_only_what_every_paper_cites_is_always_cited(template: str, always: set[str]) -> None:
    cited = cited_in(template)
    assert cited.always == always
    assert cited.possible == {"甲法"}


def test_a_name_that_is_no_text_is_not_guessed() -> None:
    assert cited_in("{{ 法条(依据.法, 1) }}").possible == frozenset()
