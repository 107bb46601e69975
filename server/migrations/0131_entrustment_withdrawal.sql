-- The organ takes its request back while no opinion was given; its other accounts read so among the news.
alter table entrustment_news drop constraint entrustment_news_what_check;
alter table entrustment_news add constraint entrustment_news_what_check
  check (what in ('accepted', 'asked', 'extended', 'opinion', 'paper', 'stated', 'ended', 'withdrawn'));
