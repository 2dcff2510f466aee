"""manage.py publish_edition FILE…: publish the transcribed first edition, as the files say it was published."""

import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from pydantic import BaseModel, ConfigDict, ValidationError

from acts.errors import Refused
from editions.life.edition import Edition
from editions.register import interchange
from editions.register.register import compose


class Head(BaseModel):
    """What a register file says of its edition; what list.json says besides is not needed here."""

    model_config = ConfigDict(extra="ignore")

    label: str
    effective_on: datetime.date
    effective_day_assumed: bool = False
    content_digest: str = ""


class Command(BaseCommand):
    help = "把工作数据冻结并公布为转录的第一个版本；版本号和施行日期取自文件里的 edition。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        try:
            parsed = interchange.read(files)
            head = Head.model_validate(parsed.edition)
        except interchange.Faults as found:
            raise CommandError(f"共 {len(found.faults)} 处问题，什么也没有公布：\n{found}") from None
        except ValidationError as error:
            missing = "、".join(".".join(map(str, problem["loc"])) for problem in error.errors())
            raise CommandError(f"文件里的 edition 缺少或写错了：{missing}。") from None
        said = parsed.register.content_digest()
        if head.content_digest and said != head.content_digest:
            raise CommandError("文件的内容与文件里写明的内容摘要不一致，没有公布。请检查文件是否完整。")
        try:
            register = compose()
            if register.content_digest() != said:
                raise Refused("工作数据与这些文件的内容不一致，没有公布。请先用 load_register 装入这些文件。")
            edition = Edition.transcribe(
                register,
                label=head.label,
                effective_on=head.effective_on,
                effective_day_assumed=head.effective_day_assumed,
            )
        except Refused as error:
            raise CommandError(str(error)) from None
        if options["verbosity"]:
            self.stdout.write(
                f"已公布 {edition.label}：{edition.entry_count} 个条目，内容摘要 {edition.content_digest}。"
            )
