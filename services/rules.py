"""What a careful reader looks for in 公共服务事项登记表."""

import re
from collections import Counter
from collections.abc import Iterator

from editions.checkup.rule import CheckContext, Finding, Rule, Spot
from editions.checkup.words import repeated
from verbatim.fields import paragraphs

LANDLINE = re.compile(r"(?<!\d)(?:(?P<area>0\d{2,3})[-－ ]?)?(?P<local>\d{7,8})(?!\d)")


class NoPhone(Rule):
    """Whoever wants a service can call somebody."""

    code, label = "no-phone", "没有联系电话"
    says = "这项服务没有写联系电话。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for service in checked.register.documents("services"):
            if not service.phones:
                yield self.at(Spot("services", service.code), service.title)


class NoInstitution(Rule):
    """A service names who offers it."""

    code, label = "no-provider", "没有承办机构"
    says = "这项服务没有写承办机构。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for service in checked.register.documents("services"):
            if not service.offices:
                yield self.at(Spot("services", service.code), service.title)


class ProviderTwice(Rule):
    """Who offers a service is named once."""

    code, label = "provider-twice", "承办机构重复"
    says = "承办机构里“{text}”写了 {times} 次。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for service in checked.register.documents("services"):
            for office, times in repeated(service.offices).items():
                yield self.at(Spot("services", service.code), office, service.offices, times=times)


class PhoneWithoutAreaCode(Rule):
    """A phone is written so that it can be dialled from anywhere, as the others are."""

    code, label = "area-code", "电话缺区号"
    says = "电话 {text} 没有写区号，表中其他电话都有。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for text in checked.texts:
            if "电话" in text.column:
                for phone in LANDLINE.finditer(text.text):
                    if not phone["area"]:
                        yield self.at(text.spot, phone["local"], text.text)


class PhoneUnlike(Rule):
    """The phones of one bureau begin alike; one that does not is looked at twice."""

    code, label = "phone-unlike", "电话与其他的不同"
    says = "电话 {text} 不像其他电话那样以 {usual} 开头，请核对。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        phones = [
            (Spot("services", service.code), line, phone)
            for service in checked.register.documents("services")
            for line in paragraphs(service.phones)
            for phone in LANDLINE.finditer(line)
        ]
        heads = Counter((phone["area"] or "", phone["local"][:3]) for _, _, phone in phones)
        if not heads:
            return
        (area, local), most = heads.most_common(1)[0]
        if most * 2 <= len(phones):
            return
        usual = f"{area}-{local}" if area else local
        for spot, line, phone in phones:
            if (phone["area"] or area, phone["local"][:3]) != (area, local):
                yield self.at(spot, phone.group(), line, usual=usual)


RULES = (NoPhone, NoInstitution, ProviderTwice, PhoneWithoutAreaCode, PhoneUnlike)
