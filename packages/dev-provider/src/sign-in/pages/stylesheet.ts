/** The stylesheet of all pages. It uses system fonts and supports light and dark mode. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f5f7fb, #0f1217); --card: light-dark(#ffffff, #191e26); --text: light-dark(#181c25, #e8ebf1);
  --muted: light-dark(#545d6e, #a5aebd); --line: light-dark(#dbe0ea, #303744);
  --accent: light-dark(#2352c0, #94b4ff); --on-accent: light-dark(#ffffff, #0c1832); --tint: light-dark(#edf2ff, #232b3b);
  --good: light-dark(#14683a, #86d9a6); --good-tint: light-dark(#e4f5ea, #18301f);
  --warn: light-dark(#574000, #f3dc9a); --warn-tint: light-dark(#fff3cf, #342d17); --warn-line: light-dark(#e8cd7d, #5a4d24);
  --bad: light-dark(#b3261e, #ffa198); --bad-tint: light-dark(#fdeceb, #3a2123);
  --shadow: 0 1px 2px rgb(0 0 0 / .06), 0 14px 36px rgb(0 0 0 / .09);
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--page);
  color: var(--text); font: 1rem/1.5 system-ui, sans-serif;
}
.bar {
  display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; width: min(72rem, calc(100% - 2rem));
  margin: .9rem auto 0; font-size: .9375rem;
}
.bar b { display: flex; gap: .6rem; line-height: 1.3; align-items: center; margin-inline-end: auto; }
.bar b small { display: inline-block; color: var(--muted); font-size: .875rem; font-weight: 400; }
.bar b svg { flex: none; width: 1.5rem; height: 1.5rem; }
.bar a { padding: .15rem .1rem; color: var(--muted); text-decoration: none; border-bottom: 2px solid transparent; }
.bar a:hover { color: var(--text); }
.bar a[aria-current] { color: var(--text); font-weight: 600; border-color: var(--accent); }
.notice {
  margin: 0; padding: .4rem 1rem; background: var(--warn-tint); color: var(--warn); text-align: center;
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
footer { padding: 1.25rem 1rem .75rem; text-align: center; color: var(--muted); font-size: .8125rem; }
footer nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; justify-content: center; }
footer p { margin: .25rem 0 0; }
@media (max-width: 30rem) { main { padding: 1.35rem 1.15rem; } .bar b { flex-basis: 100%; } }
.ids { margin-bottom: .75rem; }
.tenant { margin: 0 0 .3rem; color: var(--muted); font-size: .875rem; font-weight: 600; overflow-wrap: anywhere; }
h1 { margin: 0 0 .3rem; font-size: 1.375rem; line-height: 1.25; letter-spacing: -.02em; }
h2 { margin: 1.75rem 0 .5rem; font-size: 1.125rem; line-height: 1.35; }
h4 { margin: .9rem 0 .2rem; font-size: .8438rem; }
h3 { margin: 1.25rem 0 .4rem; font-size: .9375rem; }
p { margin: 0 0 1rem; }
.soft { color: var(--muted); }
.small { font-size: .875rem; }
.vh {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
form { margin: 0; }
a { color: var(--accent); text-underline-offset: .15em; }
button, .button {
  font: inherit; cursor: pointer; border-radius: 8px; border: 1px solid var(--line);
  background: transparent; color: inherit; padding: .5rem 1.1rem; text-decoration: none;
}
button:hover, .button:hover { background: var(--tint); }
button.primary, .button.primary {
  background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600;
}
button.primary:hover, .button.primary:hover { filter: brightness(1.1); }
button:focus-visible, a:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, summary:focus-visible, [tabindex]:focus-visible,
.accounts > li:has(> .account:focus-visible) {
  outline: 3px solid var(--accent); outline-offset: 2px;
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
.account:focus-visible { outline: none; }
.avatar {
  flex: none; display: grid; place-items: center; width: 2.4rem; height: 2.4rem; border-radius: 50%;
  background: var(--tint); color: var(--accent); font-size: .875rem; font-weight: 650;
}
.who { min-width: 0; flex: 1; }
.who b, .who .name { display: block; overflow-wrap: anywhere; }
.who b { font-weight: 600; line-height: 1.3; }
.who .name { color: var(--muted); font-size: .8125rem; line-height: 1.35; }
.chips { display: flex; flex-wrap: wrap; gap: .25rem; margin-top: .3rem; }
.tag {
  flex: none; padding: .05rem .5rem; border: 1px solid var(--line); border-radius: 99px; background: var(--card);
  color: var(--muted); font-size: .75rem; line-height: 1.5; overflow-wrap: anywhere;
}
.tag.role { border-color: transparent; background: var(--tint); color: var(--accent); font-weight: 600; }
.tag.warn { border-color: var(--warn-line); background: var(--warn-tint); color: var(--warn); }
.tag.good { border-color: transparent; background: var(--good-tint); color: var(--good); font-weight: 600; }
.accounts details { margin: 0 .75rem .55rem; }
.accounts summary { margin-inline-start: 3.2rem; width: fit-content; }
.search { display: flex; gap: .5rem; margin-top: 1rem; }
.search input { flex: 1; min-width: 0; padding: .45rem .75rem; }
details { margin-top: 1rem; }
summary { cursor: pointer; color: var(--muted); font-size: .8125rem; border-radius: 6px; }
summary:hover { color: var(--text); }
details .accounts { margin-top: .75rem; }
.scopes { border-top: 1px solid var(--line); }
.scopes li {
  display: grid; grid-template-columns: minmax(0, 1fr) fit-content(50%); gap: 0 .75rem; align-items: baseline;
  padding: .4rem 0; border-bottom: 1px solid var(--line);
}
.scopes b { font-weight: 500; }
.owner { margin: .8rem 0 .25rem; color: var(--muted); font-size: .8125rem; }
.owner + .scopes { margin: 0; }
.scopes code { color: var(--muted); text-align: end; }
.scopes .only { grid-column: 1 / -1; color: var(--warn); font-size: .8125rem; }
code, pre { font: .8125rem/1.5 ui-monospace, Consolas, monospace; }
code { overflow-wrap: anywhere; }
pre {
  margin: .4rem 0 0; padding: .7rem .85rem; overflow: auto; background: var(--page); border: 1px solid var(--line);
  border-radius: 9px; font-size: .78125rem;
}
label { display: block; margin: 1.1rem 0 .35rem; font-weight: 600; }
input, select, textarea {
  width: 100%; padding: .55rem .75rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--muted); border-radius: 8px;
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
.facts dt { color: var(--muted); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.claims { margin: .35rem 0 .25rem; font-size: .78125rem; }
.claims div { padding: .25rem 0; border-top: 1px solid var(--line); }
.claims dt { font: 600 .78125rem ui-monospace, Consolas, monospace; }
.claims dd { margin: 0; overflow-wrap: anywhere; }
.copyable { display: inline-flex; flex-wrap: wrap; gap: .15rem .5rem; align-items: baseline; }
.copy { padding: 0 .5rem; border-radius: 6px; border-color: currentColor; color: var(--accent); font-size: .75rem; font-weight: 600; line-height: 1.6; }
.copy.done { border-color: transparent; background: var(--good-tint); color: var(--good); }
iframe { display: none; }
@media (prefers-reduced-motion: no-preference) { button, .account, .copy { transition: background-color .12s; } }
`
