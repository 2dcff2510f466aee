"""What a careful reader looks for in 公共服务事项登记表."""

from collections.abc import Iterator

from editions.checkup.rule import CheckContext, Finding, Rule, Spot
from editions.checkup.words import repeated


class NoPhone(Rule):
    """Whoever wants a service can call somebody."""

    code, label = "no-phone", "没有联系电话"
    box = "phones"
    says = "这项服务没有写联系电话。"

    def check(self, checked: CheckContext) -> Iterator[Finding]:
        for service in checked.register.documents("services"):
            if not service.phones:
                yield self.at(Spot("services", service.code), service.title)


class NoInstitution(Rule):
    """A service names who offers it."""

    code, label = "no-provider", "没有承办机构"
    box = "offices"
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


RULES = (NoPhone, NoInstitution, ProviderTwice)
