-- Lists, sums and the standing of a cluster need the points of all its sheets, and nothing of the words and links of their
-- lines, which are several times as long. The column can't differ from the lines: the database derives it.
create function points_of(lines jsonb) returns jsonb language sql immutable parallel safe as $$
    select coalesce(jsonb_agg(jsonb_build_array(line -> 'criterion_id', line -> 'own', line -> 'appraised', line -> 'computed',
        jsonb_strip_nulls(line -> 'basis')) order by place), '[]')
    from jsonb_array_elements(lines) with ordinality as l (line, place)
$$;
alter table score_sheets add column points jsonb generated always as (points_of(lines)) stored;
