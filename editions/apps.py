from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "editions"
    verbose_name = "清单与版本"

    def ready(self) -> None:
        from editions.documents import CoverDocument, FrameDocument, RetiredDocument
        from editions.models import Cover, Frame
        from editions.parts import Kind, register
        from editions.retired import RetiredKind
        from laws.documents import CitationDocument, LawDocument
        from laws.models import Citation, Law
        from offices.documents import DepartmentDocument, OfficeDocument
        from offices.models import Department, Office

        register(Kind("cover", 1, CoverDocument, Cover, "封面", single=True))
        register(Kind("frames", 2, FrameDocument, Frame, "表头和注", key="part"))
        register(Kind("departments", 3, DepartmentDocument, Department, "县直部门"))
        register(Kind("offices", 4, OfficeDocument, Office, "股室（单位）"))
        register(Kind("laws", 5, LawDocument, Law, "法律法规（文件）"))
        register(Kind("citations", 6, CitationDocument, Citation, "引用写法"))
        register(RetiredKind("retired", 90, RetiredDocument, Cover, "已取消的代码"))
