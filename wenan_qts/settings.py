"""One file of settings. PRODUCTION=1 makes it strict; everything secret comes from the environment."""

import datetime
import os
import re
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from wenan_qts import embedded, env
from wenan_qts.env import BASE, VAR

PRODUCTION = env.flag("PRODUCTION")
DEBUG = False

if PRODUCTION:
    SECRET_KEY = env.required("SECRET_KEY", "一串至少 50 个字符的随机文字", shortest=50)
    env.required("ALLOWED_HOSTS", "zj.wenan.gov.cn", shortest=3)
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
    if not os.environ.get("DATABASE_URL"):
        raise ImproperlyConfigured("生产环境必须设置环境变量 DATABASE_URL，内置数据库只供试用。")
else:
    SECRET_KEY = os.environ.get("SECRET_KEY") or env.kept_secret(VAR / "secret-key")
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]", "testserver"]

# The role that serves owns no table; migrations run as the owner (`manage.py migrate --database owner`).
EMBEDDED_DATABASE = not os.environ.get("DATABASE_URL")
EMBEDDED_FOLDER = embedded.FOLDER
if EMBEDDED_DATABASE:
    SERVING_URL, OWNER_URL = embedded.urls(embedded.FOLDER)
else:
    SERVING_URL = os.environ["DATABASE_URL"]
    OWNER_URL = os.environ.get("DATABASE_OWNER_URL", SERVING_URL)


def database(name: str, url: str) -> dict[str, object]:
    try:
        parsed = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"{name} 不是数据库地址，应当像 postgresql://用户:密码@主机:5432/库名。") from error
    if parsed.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} 要指向 PostgreSQL，应当像 postgresql://用户:密码@主机:5432/库名。")
    parsed["OPTIONS"] = {"connect_timeout": 5, **dict(parsed.get("OPTIONS") or {})}  # type: ignore[call-overload]
    return parsed


DATABASES = {"default": database("DATABASE_URL", SERVING_URL), "owner": database("DATABASE_OWNER_URL", OWNER_URL)}
DATABASES["owner"]["CONN_MAX_AGE"] = 0
DATABASE_ROUTERS = ["wenan_qts.routers.MigrationsByTheOwner"]
# Whatever search path somebody sets for the database or for a role.
SCHEMA = "public"
DATABASES["owner"]["OPTIONS"] = {"options": f"-c search_path={SCHEMA}", **DATABASES["owner"]["OPTIONS"]}  # type: ignore[dict-item]
# A database that hangs must not hang the workers: what it does not answer in time is answered as if it were away.
DATABASES["default"]["OPTIONS"] = {
    "options": f"-c search_path={SCHEMA} -c statement_timeout=60s -c lock_timeout=20s",
    "tcp_user_timeout": 5000,
    "keepalives_idle": 10,
    **DATABASES["default"]["OPTIONS"],  # type: ignore[dict-item]
}

# Further apps: parts of the forms of other bureaus (docs/operations.md).
APPS = env.modules("APPS")
INSTALLED_APPS = [
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "simple_history",
    "import_export",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks",
    "django_tasks_db",
    "verbatim",
    "history",
    "paper",
    "django.contrib.postgres",
    "clocks",
    "offices",
    "laws",
    "accounts",
    "acts",
    "editions",
    "duties",
    "boundaries",
    "services",
    "supervision",
    "cases",
    *APPS,
    # Last: after every migration it gives the groups their permissions and installs the guards of the database.
    "portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.OpenToAll",
    "portal.middleware.WhatGoesWrong",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "portal.middleware.TakesOutUnseen",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "wenan_qts.urls"
SITE = {
    name: os.environ.get(name, "").strip()
    for name in (
        *("SITE_NAME", "SITE_DOMAIN", "SITE_ID_CODE", "SITE_CONTACT", "SITE_ICP", "SITE_POLICE"),
        *("SITE_MARK_URL", "SITE_ERRORS_URL"),
    )
}
# What addresses on paper and in QR codes begin with.
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/") or (
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else f"http://127.0.0.1:{os.environ.get('PORT', 8000)}"
)
# Which kinds of edition the county approves before they are issued: adjustment, correction.
APPROVAL_KINDS = env.words("APPROVAL_KINDS") if "APPROVAL_KINDS" in os.environ else ["adjustment"]
if unknown := set(APPROVAL_KINDS) - {"adjustment", "correction"}:
    raise ImproperlyConfigured(f"APPROVAL_KINDS 只能是 adjustment、correction，现在有“{'、'.join(sorted(unknown))}”。")
ENQUIRIES = os.environ.get("ENQUIRIES", "FW-10")  # the service whose phone answers what the list does not
HOTLINE = os.environ.get(
    "HOTLINE", "12345"
).strip()  # the county's line for whatever the list does not say; empty for none
# Under what anybody may use the published data; the bureau has not said yet where this is the default.
DATA_LICENCE = os.environ.get("DATA_LICENCE", "").strip() or "知识共享 署名 4.0 国际（CC BY 4.0）"
DATA_LICENCE_URL = os.environ.get("DATA_LICENCE_URL", "").strip() or "https://creativecommons.org/licenses/by/4.0/"
DATA_LICENCE_IS_DEFAULT = not os.environ.get("DATA_LICENCE", "").strip()
if (not os.environ.get("DATA_LICENCE_URL", "").strip()) != DATA_LICENCE_IS_DEFAULT:
    raise ImproperlyConfigured("DATA_LICENCE 和 DATA_LICENCE_URL 要么都写，要么都不写。")
# What the bureau chose where the norms leave a term open (clocks.choices), or how a case is handled (cases.choices).
CLOCKS = os.environ.get("CLOCKS", "") or "{}"
CASES = os.environ.get("CASES", "") or "{}"
CATALOGUE_SECONDS = 1  # the public editions are looked at in the database at most this often
# Papers wait in the database for the process that sets them. Machines that keep them apart have queues of their own.
PAPER_QUEUE = os.environ.get("PAPER_QUEUE", "") or "paper"
if not re.fullmatch(r"[a-z0-9_-]{1,32}", PAPER_QUEUE):
    raise ImproperlyConfigured(f"PAPER_QUEUE 只能用小写字母、数字、- 和 _，最多 32 个，现在是“{PAPER_QUEUE}”。")
PAPERS_AHEAD = env.number("PAPERS_AHEAD", 1000)  # so many are set before anybody asks
PAPER_SECONDS = 0.2  # the queue is looked at this often while nobody waits
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": [PAPER_QUEUE]}}
WSGI_APPLICATION = "wenan_qts.wsgi.application"
# Never what a request says: pages are kept for everybody.
FORCE_SCRIPT_NAME = os.environ.get("URL_PREFIX", "").rstrip("/")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["wenan_qts.layout.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.naming.site",
                "portal.naming.dress",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE / "wenan_qts" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "Y-m-d H:i"
FORMAT_MODULE_PATH = ["wenan_qts.formats"]

STATIC_URL = f"{FORCE_SCRIPT_NAME}/static/"
STATICFILES_DIRS = [BASE / "static"]
STATIC_ROOT = VAR / "static"
# Files of penalty cases lie where no web server looks; each passes the scanner before it is kept.
ATTACHMENTS = Path(os.environ.get("ATTACHMENTS", "") or VAR / "attachments")
if not ATTACHMENTS.is_absolute() or any(
    ATTACHMENTS.resolve().is_relative_to(served.resolve()) for served in (STATIC_ROOT, *STATICFILES_DIRS)
):
    raise ImproperlyConfigured(f"ATTACHMENTS 是完整路径，不能在对外的文件夹里，现在是“{ATTACHMENTS}”。")
ATTACHMENT_MB = env.attachment_mb()
SCAN_COMMAND = env.command("SCAN_COMMAND")
SCAN_SECONDS = env.number("SCAN_SECONDS", 60)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.login_steps.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "accounts.passwords.Long", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.passwords.Mixed"},
    {"NAME": "accounts.passwords.Another"},
]
PASSWORD_DAYS = env.number("PASSWORD_DAYS", 180)  # after so many days a password is changed; 0: never
# Who must give a second factor (roles, separated by commas); anybody may have one.
MUST = ["主要负责人", "局领导", "审计", "系统管理"]
SECOND_FACTOR_ROLES = env.words("SECOND_FACTOR_ROLES") if "SECOND_FACTOR_ROLES" in os.environ else PRODUCTION * MUST
if PRODUCTION and not set(MUST) <= set(SECOND_FACTOR_ROLES):
    raise ImproperlyConfigured(f"SECOND_FACTOR_ROLES 在生产环境里至少要有 {'、'.join(MUST)}，用逗号分开。")
OTP_TOTP_ISSUER = "责任清单管理"

# So many proxies of ours stand before the portal, and say where a request comes from.
PROXIES = env.number("PROXIES", 1 if PRODUCTION else 0)
# Wrong passwords lock one name at one address: nobody else there, not that name elsewhere, and not a browser in which
# that name was logged in before.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = env.number("LOGIN_FAILURES", 5)
AXES_COOLOFF_TIME = datetime.timedelta(minutes=env.number("LOCKOUT_MINUTES", 15))
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "accounts.devices.counted_as"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.counted_at"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # accounts.visits keeps who came and went
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "password"]
CSRF_FAILURE_VIEW = "portal.errors.csrf_failed"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 60 * env.number("IDLE_MINUTES", 30)  # seconds without a request until one is logged out
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{FORCE_SCRIPT_NAME}/"  # ours alone on the county's host
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_REDIRECT_EXEMPT = [r"(^|/)healthz$"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SILENCED_SYSTEM_CHECKS = [
    # HSTS for every subdomain, and the browsers' preload list, are for the county to decide: the portal is one channel
    # of its site.
    "security.W005",
    "security.W021",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Notices of waiting work go out where a mail server is named.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_TLS")
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "") or "portal@localhost"

DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

SIMPLE_HISTORY_REVERT_DISABLED = True

IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
IMPORT_EXPORT_USE_TRANSACTIONS = True

# What the serving role may do with tables that are not ours; ours say it on the model.
SERVING_PRIVILEGES = {
    "django_session": "SELECT, INSERT, UPDATE, DELETE",
    "django_admin_log": "SELECT, INSERT",
    "axes_accessattempt": "SELECT, INSERT, UPDATE, DELETE",
    "axes_accessattemptexpiration": "SELECT, INSERT, UPDATE, DELETE",
    "otp_totp_totpdevice": "SELECT, INSERT, UPDATE, DELETE",
    "otp_static_staticdevice": "SELECT, INSERT, UPDATE, DELETE",
    "otp_static_statictoken": "SELECT, INSERT, UPDATE, DELETE",
    "django_tasks_database_dbtaskresult": "SELECT, INSERT, UPDATE, DELETE",
    "accounts_account_groups": "SELECT, INSERT, DELETE",
    "accounts_account_user_permissions": "SELECT",
}
# Tables of libraries that say something by a day on which nobody lives: the queue says "at once" by the year 9999.
DAYS_OF_THEIR_OWN = {"django_tasks_database_dbtaskresult"}
# Whose rows leave a line in the ledger (history.ledger) whenever they change: the columns named here, or all. Tables of
# ours say it on the model, and tables that are only added to always do.
FOLLOWED = {
    "auth_group": "*",
    "auth_group_permissions": "*",
    "accounts_account_groups": "*",
    "accounts_account_user_permissions": "*",
    "otp_totp_totpdevice": "id, user_id, name, confirmed, created_at, key, step, t0, digits, tolerance",
    "otp_static_staticdevice": "id, user_id, name, confirmed, created_at",
    "otp_static_statictoken": "*",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "wenan_qts.log_lines.CutLines",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "pypdf": {"level": "CRITICAL"},  # what is wrong with a file from outside, line by line; one of ours says it
        "axes": {"level": "ERROR"},  # accounts.visits keeps who was turned away, and not line by line
        # What was refused: a host that is none of ours, a form without its token, too many fields. Anybody can send
        # these without end, and each would leave a line, or twenty of ours.
        "django.security": {"level": "CRITICAL"},
        "django.request": {"level": "ERROR"},  # a line for each address that is not there
    },
}
