/** The stylesheet of all pages. It uses system fonts and supports light and dark mode. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --ground: #f1f3f8; --card: #fff; --ink: #181c25; --soft: #545d6e; --line: #dbe0ea; --field: #878f9f;
  --accent: #2352c0; --accent-ink: #fff; --tint: #edf2ff; --ring: #2352c0;
  --warn: #fff3cf; --warn-ink: #574000; --warn-line: #e8cd7d;
  --bad: #b3261e; --bad-tint: #fdeceb; --good: #14683a; --good-tint: #e4f5ea; --code: #f5f7fb;
  --shadow: 0 1px 2px rgb(16 24 48 / .06), 0 14px 36px rgb(16 24 48 / .09);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1217; --card: #191e26; --ink: #e8ebf1; --soft: #a5aebd; --line: #303744; --field: #7b8594;
    --accent: #94b4ff; --accent-ink: #0c1832; --tint: #232b3b; --ring: #94b4ff;
    --warn: #342d17; --warn-ink: #f3dc9a; --warn-line: #5a4d24;
    --bad: #ffa198; --bad-tint: #3a2123; --good: #86d9a6; --good-tint: #18301f; --code: #12161d;
    --shadow: 0 1px 2px rgb(0 0 0 / .4), 0 14px 36px rgb(0 0 0 / .3);
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--ground);
  color: var(--ink); font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif;
}
.bar {
  display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; width: min(72rem, calc(100% - 2rem));
  margin: .9rem auto 0; font-size: .9375rem;
}
.bar b { display: flex; gap: .55rem; align-items: center; margin-inline-end: auto; }
.bar b svg { width: 1.5rem; height: 1.5rem; }
.bar a { padding: .15rem .1rem; color: var(--soft); text-decoration: none; border-bottom: 2px solid transparent; }
.bar a:hover { color: var(--ink); }
.bar a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--accent); }
.notice {
  margin: 0; padding: .4rem 1rem; background: var(--warn); color: var(--warn-ink); text-align: center;
  font-size: .8125rem; border-bottom: 1px solid var(--warn-line);
}
.switched {
  display: flex; flex-wrap: wrap; gap: .4rem .6rem; align-items: center; justify-content: center;
  padding: .5rem 1rem; background: var(--bad-tint); border-bottom: 1px solid var(--bad); font-size: .875rem;
}
.switched ul { display: contents; list-style: none; }
.switched li {
  display: flex; gap: .5rem; align-items: center; padding: .1rem .15rem .1rem .6rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 99px;
}
.switched b { color: var(--bad); }
.switched button { padding: .1rem .6rem; border-radius: 99px; font-size: .8125rem; }
main {
  width: min(28rem, calc(100% - 2rem)); margin: auto; padding: 1.75rem 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 14px; box-shadow: var(--shadow);
}
/* Auto margins centre the card; these keep it off its neighbours when it fills the window. */
header { margin-bottom: 1.25rem; }
footer { padding: 1.25rem 1rem .75rem; text-align: center; color: var(--soft); font-size: .8125rem; }
footer nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; justify-content: center; }
footer p { margin: .25rem 0 0; }
@media (max-width: 30rem) { main { padding: 1.35rem 1.15rem; } .bar b { flex-basis: 100%; } }
.ids { margin-bottom: .75rem; }
.tenant { margin: 0 0 .3rem; color: var(--soft); font-size: .875rem; font-weight: 600; overflow-wrap: anywhere; }
h1 { margin: 0 0 .3rem; font-size: 1.45rem; line-height: 1.25; letter-spacing: -.012em; }
h2 { margin: 1.75rem 0 .5rem; font-size: 1.05rem; line-height: 1.35; }
h4 { margin: .9rem 0 .2rem; font-size: .8438rem; }
h3 { margin: 1.25rem 0 .4rem; font-size: .9375rem; }
p { margin: 0 0 1rem; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
.vh {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
form { margin: 0; }
a { color: var(--accent); text-underline-offset: .15em; }
button, .button {
  font: inherit; cursor: pointer; border-radius: 9px; border: 1px solid var(--field);
  background: transparent; color: inherit; padding: .5rem 1.1rem; text-decoration: none;
}
button:hover, .button:hover { background: var(--tint); }
button.primary, .button.primary {
  background: var(--accent); border-color: var(--accent); color: var(--accent-ink); font-weight: 600;
}
button.primary:hover, .button.primary:hover { filter: brightness(1.1); }
button:focus-visible, a:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, summary:focus-visible, [tabindex]:focus-visible {
  outline: 3px solid var(--ring); outline-offset: 2px;
}
/* The buttons stay visible when the content is longer than the window. */
.actions {
  position: sticky; bottom: 0; display: flex; flex-wrap: wrap; gap: .75rem; justify-content: flex-end;
  margin: 1rem -.5rem -.5rem; padding: .75rem .5rem .5rem; background: var(--card);
}
.accounts, .scopes { list-style: none; margin: 1rem 0 0; padding: 0; }
.accounts > li { border: 1px solid var(--line); border-radius: 11px; }
.accounts > li + li { margin-top: .5rem; }
.account {
  display: flex; align-items: flex-start; gap: .8rem; width: 100%; padding: .6rem .75rem; text-align: start;
  border: 0; border-radius: 10px;
}
.account:focus-visible { outline-offset: -3px; }
.avatar {
  flex: none; display: grid; place-items: center; width: 2.4rem; height: 2.4rem; border-radius: 50%;
  background: var(--accent); color: var(--accent-ink); font-size: .875rem; font-weight: 700;
}
.who { min-width: 0; flex: 1; }
.who b, .who .name { display: block; overflow-wrap: anywhere; }
.who b { font-weight: 600; line-height: 1.3; }
.who .name { color: var(--soft); font-size: .8125rem; line-height: 1.35; }
.chips { display: flex; flex-wrap: wrap; gap: .25rem; margin-top: .3rem; }
.tag {
  flex: none; padding: .05rem .5rem; border: 1px solid var(--line); border-radius: 99px; background: var(--card);
  color: var(--soft); font-size: .75rem; line-height: 1.5; overflow-wrap: anywhere;
}
.tag.role { border-color: transparent; background: var(--tint); color: var(--accent); font-weight: 600; }
.tag.warn { border-color: var(--warn-line); background: var(--warn); color: var(--warn-ink); }
.tag.good { border-color: transparent; background: var(--good-tint); color: var(--good); font-weight: 600; }
.accounts details { margin: 0 .75rem .55rem; }
.accounts summary { margin-inline-start: 3.2rem; width: fit-content; }
.search { display: flex; gap: .5rem; margin-top: 1rem; }
.search input { flex: 1; min-width: 0; padding: .45rem .75rem; }
details { margin-top: 1rem; }
summary { cursor: pointer; color: var(--soft); font-size: .8125rem; border-radius: 6px; }
summary:hover { color: var(--ink); }
details .accounts { margin-top: .75rem; }
.scopes { border-top: 1px solid var(--line); }
.scopes li {
  display: flex; flex-wrap: wrap; gap: 0 .75rem; justify-content: space-between; align-items: baseline;
  padding: .4rem 0; border-bottom: 1px solid var(--line);
}
.scopes b { font-weight: 500; }
.owner { margin: .8rem 0 .25rem; color: var(--soft); font-size: .8125rem; }
.owner + .scopes { margin: 0; }
.scopes code { color: var(--soft); }
.scopes .only { flex-basis: 100%; color: var(--warn-ink); font-size: .8125rem; }
code, pre { font: .8125rem/1.5 ui-monospace, 'SF Mono', 'Cascadia Mono', Consolas, monospace; }
code { overflow-wrap: anywhere; }
pre {
  margin: .4rem 0 0; padding: .7rem .85rem; overflow: auto; background: var(--code); border: 1px solid var(--line);
  border-radius: 9px; font-size: .78125rem;
}
label { display: block; margin: 1.1rem 0 .35rem; font-weight: 600; }
input, select, textarea {
  width: 100%; padding: .55rem .75rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--field); border-radius: 9px;
}
input[type=checkbox] { width: 1.05rem; height: 1.05rem; accent-color: var(--accent); }
#user_code { font: 1.15rem ui-monospace, monospace; letter-spacing: .12em; text-transform: uppercase; }
.offer { margin: .85rem 0 0; }
button.link { padding: 0; border: 0; border-radius: 3px; color: var(--accent); text-decoration: underline; text-underline-offset: .15em; }
button.link:hover { background: transparent; }
.error { color: var(--bad); }
input + .error { margin: .6rem 0 0; }
.remedy {
  margin: .9rem 0; padding: .75rem .9rem; background: var(--tint); border-inline-start: 4px solid var(--accent);
  border-radius: 4px 9px 9px 4px; overflow-wrap: anywhere;
}
.remedy b { display: block; font-size: .8125rem; color: var(--accent); }
.facts { display: grid; grid-template-columns: auto 1fr; gap: .2rem .9rem; margin: 1rem 0 0; font-size: .8125rem; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.claims { margin: .35rem 0 .25rem; font-size: .78125rem; }
.claims div { padding: .25rem 0; border-top: 1px solid var(--line); }
.claims .meaning { display: block; color: var(--soft); font-size: .8125rem; }
.claims dt { font: 600 .78125rem ui-monospace, 'SF Mono', 'Cascadia Mono', Consolas, monospace; }
.claims dd { margin: 0; overflow-wrap: anywhere; }
.copyable { display: inline-flex; flex-wrap: wrap; gap: .15rem .5rem; align-items: baseline; }
.copy { padding: 0 .5rem; border-radius: 6px; border-color: var(--line); color: var(--accent); font-size: .75rem; line-height: 1.6; }
.copy.done { border-color: transparent; background: var(--good-tint); color: var(--good); font-weight: 600; }
iframe { display: none; }
@media (prefers-reduced-motion: no-preference) { button, .account, .copy { transition: background-color .12s; } }
`
