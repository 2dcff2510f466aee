from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "editions"
    verbose_name = "清单与版本"

    def ready(self) -> None:
        from editions.checkup import (
            cover_and_frames,
            laws,
            lookalikes,
            marks,
            numerals,
            offices,
            phones,
            rule,
            rulings,
            words,
        )
        from editions.desk import publication_column
        from editions.form.documents import CoverDocument, FrameDocument, RetiredDocument
        from editions.form.frames import Cover, Frame
        from editions.form.parts import RowKind, register
        from editions.form.retired import RetiredKind
        from editions.life import seal
        from editions.public import catalogue
        from history import gates, trail_page
        from laws.documents import CitationDocument, LawDocument
        from laws.models import Citation, Law
        from offices.documents import DepartmentDocument, OfficeDocument
        from offices.models import Department, Office

        register(RowKind("cover", 1, CoverDocument, "封面", single=True, model=Cover))
        register(RowKind("frames", 2, FrameDocument, "表头和注", key="part", model=Frame))
        register(RowKind("departments", 3, DepartmentDocument, "县直部门", model=Department))
        register(RowKind("offices", 4, OfficeDocument, "股室（单位）", model=Office))
        register(RowKind("laws", 5, LawDocument, "法律法规（文件）", model=Law))
        register(RowKind("citations", 6, CitationDocument, "引用写法", model=Citation))
        register(RetiredKind("retired", 90, RetiredDocument, "已取消的代码"))
        for each in (cover_and_frames, marks, lookalikes, numerals, offices, phones, words, laws):
            rule.register(*each.RULES)
        rule.register(rulings.FoundByHand)
        gates.register(seal.gate)
        trail_page.register_addition(publication_column.publication_column)
        catalogue.watch("as_printed", rulings.as_printed)
