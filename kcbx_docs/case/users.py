"""Who may use a county's server, and what leads to it: ``服务器/用户.yaml``."""

from typing import ClassVar, Literal

from pydantic import Field

from kcbx_docs.case.fields import Name, Text, Texts
from kcbx_docs.reading import Model

Role = Literal["学校", "乡镇", "县级"]
OF_SCHOOL: Role = "学校"
OF_TOWN: Role = "乡镇"
OF_COUNTY: Role = "县级"


class TrustedProxy(Model):
    """The proxy that asks for a login and has the certificate."""

    addresses: Texts = Field(
        alias="地址", description="代理的 IP 地址；从别处来的一律不理", min_length=1
    )
    header: Text = Field(
        alias="请求头", description="代理用哪个请求头说明是谁登录了，如 X-Remote-User", min_length=1
    )
    site: Text = Field(
        alias="网址", description="大家打开的网址，如 https://kcbx.example.gov.cn", min_length=1
    )
    listen: Text = Field(
        default="127.0.0.1",
        alias="监听",
        description="在本机的哪个地址等代理；代理在另一台机器上的才改",
    )


class ServerUser(Model):
    """Somebody who may log in, and what he may see."""

    login: Text = Field(alias="登录名", description="代理说出来的登录名，逐字一样", min_length=1)
    name: Name = Field(alias="姓名", description="记进台账的姓名")
    title: Text = Field(default="", alias="职务", description="如 综合行政执法队队长、学籍管理员")
    role: Role = Field(
        alias="角色",
        description="学校：只看本校的孩子，记本校的事，不制发；乡镇：只看本机关的案件；县级：全部",
    )
    unit: Text = Field(
        default="", alias="单位", description="学校、乡镇写 kcbx.yaml 里的名称；县级不用写"
    )


class ServerUsers(Model):
    """The whole file."""

    of_office: ClassVar = True

    proxy: TrustedProxy = Field(alias="代理", description="从哪里来、由谁说明是谁登录了")
    users: tuple[ServerUser, ...] = Field(
        alias="用户", description="一人一项；没有列出的进不来", min_length=1
    )

    def known(self, login: str) -> ServerUser | None:
        """Find a user by his login."""
        return next((one for one in self.users if one.login == login), None)
