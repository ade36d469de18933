/** The rules that only the developer's pages need. */
export const dashboardStyle = `
header { margin-bottom: .75rem; }
main.board { width: min(72rem, calc(100% - 2rem)); padding: 0; margin: 0 auto auto; background: transparent; border: 0; box-shadow: none; }
.board > h1 { margin-top: .5rem; font-size: 1.75rem; }
.board .lead { max-width: 46rem; color: var(--muted); }
.card {
  margin: 0 0 1.25rem; padding: 1.1rem 1.35rem 1.25rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 14px; box-shadow: 0 1px 2px rgb(0 0 0 / .05);
}
.card > h2 { margin: 0 0 .35rem; }
.card > p:last-child { margin-bottom: 0; }
.grid { display: grid; align-items: start; gap: 0 1.25rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); }
.steps { margin: .5rem 0 0; padding-inline-start: 1.35rem; }
.steps li { padding: .2rem 0; }
.rows { list-style: none; margin: .6rem 0 0; padding: 0; }
.rows > li { padding: .7rem 0; border-top: 1px solid var(--line); }
.rows > li:last-child { padding-bottom: 0; }
.rows h3 { margin: 0 0 .25rem; }
.rows .facts { margin: .35rem 0 0; font-size: .8438rem; grid-template-columns: minmax(6.5rem, auto) 1fr; }
.people { display: grid; gap: 0 1.5rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); }
.account-row { display: flex; gap: .75rem; align-items: flex-start; }
.account-row .avatar { width: 2.1rem; height: 2.1rem; font-size: .78rem; }
.decode > summary { color: var(--text); }
.decode h2 { display: inline; margin: 0; }
.decode form { margin-top: .5rem; }
.decode label { margin-top: .5rem; }
.env { position: relative; }
.env pre { padding-inline-end: 4.5rem; }
.env .copy { position: absolute; inset-block-start: .55rem; inset-inline-end: .6rem; background: var(--card); }
.env .copy.done { background: var(--good-tint); }
.filters { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; }
.filters label { margin: 0; font-size: .8125rem; }
.filters select { width: auto; max-width: 15rem; padding: .4rem .6rem; font-weight: 400; display: block; }
.filters .check { display: flex; gap: .45rem; align-items: center; padding: .45rem 0; font-weight: 400; font-size: .9375rem; }
.filters button { padding: .4rem .9rem; }
.live { display: flex; gap: .6rem; align-items: center; margin: .9rem 0 0; color: var(--muted); font-size: .875rem; min-height: 1.9rem; }
.live button { padding: .15rem .7rem; font-size: .8125rem; }
.dot { width: .6rem; height: .6rem; border-radius: 50%; background: var(--muted); }
.is-live .dot { background: var(--good); }
.log { list-style: none; margin: .75rem 0 1.25rem; padding: 0; }
.log > li { background: var(--card); border: 1px solid var(--line); border-bottom-width: 0; }
.log > li:first-child { border-radius: 12px 12px 0 0; }
.log > li:last-child { border-radius: 0 0 12px 12px; border-bottom-width: 1px; }
.log > li:only-child { border-radius: 12px; }
.log > li > details { margin: 0; }
.log > li > details > summary {
  display: grid; gap: .1rem .8rem; align-items: baseline; padding: .55rem .9rem; color: var(--text);
  grid-template-columns: .7rem 4.2rem 3rem minmax(0, 1fr) minmax(0, 9rem) 3rem 4.2rem; font-size: .875rem; list-style: none;
}
.log > li > details > summary::before { content: '\\25B8'; color: var(--muted); }
.log > li > details[open] > summary::before { content: '\\25BE'; }
.log summary::-webkit-details-marker { display: none; }
.log > li > details > summary:hover { background: var(--tint); }
.log > li:first-child summary { border-radius: 11px 11px 0 0; }
.log .time, .log .took, .log .by { color: var(--muted); font-variant-numeric: tabular-nums; }
.log .took { text-align: end; }
.log .method { font: 600 .78rem ui-monospace, Consolas, monospace; }
.log .what b { font-weight: 600; }
.log .what code { display: block; color: var(--muted); font-size: .76rem; }
.log .why { grid-column: 4 / -1; color: var(--bad); font-size: .8125rem; overflow-wrap: anywhere; }
.log .by { overflow-wrap: anywhere; }
.status { padding: .02rem .5rem; border-radius: 6px; font: 600 .78rem/1.6 ui-monospace, Consolas, monospace; background: var(--tint); color: var(--accent); justify-self: start; }
.status.ok { background: var(--good-tint); color: var(--good); }
.status.bad { background: var(--bad-tint); color: var(--bad); }
.body { padding: .2rem 1rem 1rem; border-top: 1px dashed var(--line); }
.body .facts { margin-top: .6rem; }
.body h3 { margin: 1rem 0 .2rem; }
.token { margin-top: .5rem; padding: .5rem .8rem; border: 1px solid var(--line); border-radius: 10px; background: var(--page); }
.token summary { color: var(--text); font-size: .875rem; }
.claims div { display: grid; grid-template-columns: minmax(6rem, 10rem) minmax(0, 1fr); gap: 0 .9rem; }
.checks { list-style: none; margin: .5rem 0 0; padding: 0; }
.checks li { display: flex; gap: .6rem; padding: .2rem 0; overflow-wrap: anywhere; }
.checks .mark { flex: none; font-weight: 700; color: var(--good); }
.checks .no .mark { color: var(--bad); }
.verdict { margin: .75rem 0 .25rem; font-weight: 600; }
.verdict.no { color: var(--bad); }
.verdict.yes { color: var(--good); }
textarea { min-height: 4.5rem; resize: vertical; font: .8125rem/1.5 ui-monospace, Consolas, monospace; }
.switch-row { display: flex; flex-wrap: wrap; gap: .35rem .75rem; align-items: center; padding: .55rem 0; border-top: 1px solid var(--line); }
.switch-row .label { flex: 0 0 11.5rem; font-weight: 600; font-size: .9375rem; }
.switch-row .label small { display: block; color: var(--muted); font-weight: 400; }
.choices { display: flex; flex-wrap: wrap; gap: .3rem; }
.choices button { padding: .22rem .75rem; font-size: .875rem; border-color: var(--line); }
.choices button[aria-pressed=true] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
.choices button[aria-pressed=true].is-fault { background: var(--bad); border-color: var(--bad); color: var(--card); }
.numbers { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); gap: 0 1.25rem; }
.numbers label { font-size: .875rem; font-weight: 600; margin-top: .75rem; }
.numbers small { display: block; margin-top: .25rem; color: var(--muted); font-weight: 400; }
.check-line { display: flex; gap: .5rem; align-items: center; margin: .6rem 0; font-weight: 400; font-size: .9375rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .8rem; }
.buttons + p { margin: .5rem 0 .25rem; }
.buttons button { padding: .35rem .9rem; font-size: .9375rem; }
.done-note { margin: 0 0 1.25rem; padding: .6rem 1rem; background: var(--good-tint); color: var(--good); border-radius: 10px; font-weight: 600; }
.done-note.no { background: var(--bad-tint); color: var(--bad); }
.empty { padding: 2rem 1rem; text-align: center; color: var(--muted); background: var(--card); border: 1px dashed var(--muted); border-radius: 12px; }
@media (max-width: 46rem) {
  .card { padding: 1rem 1.1rem 1.1rem; }
  .env pre { padding-top: 2.6rem; }
  .log > li > details > summary { grid-template-columns: .7rem auto auto minmax(0, 1fr) auto; }
  .log .what { grid-column: 1 / -1; grid-row: 2; }
  .log .by { grid-column: 1 / -1; grid-row: 3; }
  .log .by:empty { display: none; }
  .log .why { grid-column: 1 / -1; }
  .log .took { grid-column: 5; grid-row: 1; }
  .log .status { grid-column: 4; grid-row: 1; justify-self: end; }
  .claims div { grid-template-columns: minmax(0, 1fr); }
  .switch-row .label { flex-basis: 100%; }
  .rows .facts { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .rows .facts dd { margin-bottom: .3rem; }
}
`
