from django.apps import AppConfig


class ActsConfig(AppConfig):
    name = "acts"
    verbose_name = "经办"
