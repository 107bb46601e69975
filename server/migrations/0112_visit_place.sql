-- A visit's two numbers become one place: picked, measured or typed nobody knows any more, so they count as typed. What the
-- ledger kept of the visit stays as it was written.
update matter set register = (register - 'lat' - 'lon') || jsonb_build_object('spot',
    jsonb_build_object('lat', register -> 'lat', 'lon', register -> 'lon', 'source', 'typed'))
where kind = 'visit' and register ? 'lat' and register ? 'lon';
