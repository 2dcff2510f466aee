"""Whoever is in a group by now has a request that says so: from here on each membership is the outcome of one."""

from django.db import migrations

KEPT = """
INSERT INTO accounts_accountrequest (account_id, before, after, reason, by_name, at)
    SELECT m.account_id, '{"groups": []}', jsonb_build_object('groups', jsonb_agg(g.name ORDER BY g.name)),
        '升级时已经在这个组里', '服务器上的命令', now()
    FROM accounts_account_groups m JOIN auth_group g ON g.id = m.group_id GROUP BY m.account_id;
INSERT INTO accounts_accountdecision (request_id, accepted, reason, by_name, at, transaction)
    SELECT id, true, '升级时已经在这个组里', '服务器上的命令', now(), txid_current()
    FROM accounts_accountrequest WHERE reason = '升级时已经在这个组里';
"""

# The lines stay: both tables are only added to, and go with the migration before.
FORGOTTEN = migrations.RunSQL.noop


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_requests_and_tallies")]

    operations = [migrations.RunSQL(KEPT, FORGOTTEN)]
