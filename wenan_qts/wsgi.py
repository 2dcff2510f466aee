import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenan_qts.settings")
django_application = get_wsgi_application()

from editions.public.ready_bytes import ReadyBytes  # noqa: E402 (after the apps are loaded)
from portal.papers import printing  # noqa: E402

printing.look_ahead()
application = ReadyBytes(django_application)
