-- The mark of the key this database was made with (see core/logins.ts) is written by whoever migrates and by nobody else.
revoke all on installation from zj_api, zj_system;
