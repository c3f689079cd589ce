-- Entries of the audit are added and stay. Who owns the tables can still do as he likes (and the chain tells of it): this
-- keeps the application, and whoever is careless, from it.
create or replace function audit_is_append_only() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('lastmile.audit_retention', true), '') = 'on' then
    return null;
  end if;
  raise exception 'entries of the audit are added, and never changed or taken out' using errcode = 'insufficient_privilege';
end
$$;
--> statement-breakpoint
create or replace function audit_head_goes_on() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('lastmile.audit_retention', true), '') = 'on' then
    return new;
  end if;
  if new.id <> old.id or new.first_seq <> old.first_seq or new.first_previous <> old.first_previous or new.last_seq <= old.last_seq then
    raise exception 'the head of the audit goes on with its entries, and nowhere else' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger audit_entry_append_only before update or delete or truncate on audit_entry for each statement execute function audit_is_append_only();
--> statement-breakpoint
create trigger audit_head_append_only before delete or truncate on audit_head for each statement execute function audit_is_append_only();
--> statement-breakpoint
create trigger audit_head_goes_on before update on audit_head for each row execute function audit_head_goes_on();
--> statement-breakpoint
-- The one way in which entries leave: from the beginning, those older than an instant, and none of the last six months.
-- It runs as the owner of the tables, so that the application's own role needs no right to delete.
create or replace function audit_let_go(before text) returns table (let_go bigint, first_seq bigint, first_previous text) language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  head audit_head%rowtype;
  keep bigint;
begin
  -- Compared as text, as entries have it: in any other form of writing ("Jan 1 2000" is past, and comes after every instant) it would let go of all of them.
  if before is null or before !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$' then
    raise exception 'an instant is written 2026-01-12T02:00:00.000Z' using errcode = 'invalid_datetime_format';
  end if;
  if before::timestamptz > now() - interval '179 days' then
    raise exception 'entries of the audit are kept for 180 days at least' using errcode = 'check_violation';
  end if;
  select h.* into head from audit_head h where h.id = 1 for update;
  if not found then
    return;
  end if;
  select coalesce(min(e.seq), head.last_seq + 1) into keep from audit_entry e where e.at >= before;
  if keep > head.first_seq then
    -- For these two statements; only a superuser can name a setting of ours in the function's own head.
    perform set_config('lastmile.audit_retention', 'on', true);
    update audit_head h set first_seq = keep, first_previous = (select e.hash from audit_entry e where e.seq = keep - 1) where h.id = 1;
    delete from audit_entry e where e.seq < keep;
    perform set_config('lastmile.audit_retention', 'off', true);
    return query select keep - head.first_seq, h.first_seq, h.first_previous from audit_head h where h.id = 1;
  end if;
end
$$;
--> statement-breakpoint
revoke execute on function audit_let_go(text) from public;
