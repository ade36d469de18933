import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/hosts/sveltekit","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/hosts/sveltekit.md","filePath":"source/examples/hosts/sveltekit.md"}',
)
const _sfc_main = { name: 'source/examples/hosts/sveltekit.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="exampleshostssveltekit" tabindex="-1">examples/hosts/sveltekit <a class="header-anchor" href="#exampleshostssveltekit" aria-label="Permalink to &quot;examples/hosts/sveltekit&quot;">​</a></h1><p>The folder <code>examples/hosts/sveltekit</code> of the repository contains:</p><ul><li><a href="/source/examples/hosts/sveltekit/README.md.txt">README.md</a></li><li><a href="/source/examples/hosts/sveltekit/package.json.txt">package.json</a></li><li><a href="/source/examples/hosts/sveltekit/screenshot.png.txt">screenshot.png</a></li><li><a href="/source/examples/hosts/sveltekit/src/app.css.txt">src/app.css</a></li><li><a href="/source/examples/hosts/sveltekit/src/app.d.ts.txt">src/app.d.ts</a></li><li><a href="/source/examples/hosts/sveltekit/src/app.html.txt">src/app.html</a></li><li><a href="/source/examples/hosts/sveltekit/src/auth.server.ts.txt">src/auth.server.ts</a></li><li><a href="/source/examples/hosts/sveltekit/src/env.ts.txt">src/env.ts</a></li><li><a href="/source/examples/hosts/sveltekit/src/graph.server.ts.txt">src/graph.server.ts</a></li><li><a href="/source/examples/hosts/sveltekit/src/hooks.server.ts.txt">src/hooks.server.ts</a></li><li><a href="/source/examples/hosts/sveltekit/src/routes/+error.svelte.txt">src/routes/+error.svelte</a></li><li><a href="/source/examples/hosts/sveltekit/src/routes/+layout.svelte.txt">src/routes/+layout.svelte</a></li><li><a href="/source/examples/hosts/sveltekit/src/routes/+page.server.ts.txt">src/routes/+page.server.ts</a></li><li><a href="/source/examples/hosts/sveltekit/src/routes/+page.svelte.txt">src/routes/+page.svelte</a></li><li><a href="/source/examples/hosts/sveltekit/src/routes/account/+page.server.ts.txt">src/routes/account/+page.server.ts</a></li><li><a href="/source/examples/hosts/sveltekit/src/routes/account/+page.svelte.txt">src/routes/account/+page.svelte</a></li><li><a href="/source/examples/hosts/sveltekit/src/routes/api/me/+server.ts.txt">src/routes/api/me/+server.ts</a></li><li><a href="/source/examples/hosts/sveltekit/src/routes/call_api/+page.server.ts.txt">src/routes/call_api/+page.server.ts</a></li><li><a href="/source/examples/hosts/sveltekit/src/routes/call_api/+page.svelte.txt">src/routes/call_api/+page.svelte</a></li><li><a href="/source/examples/hosts/sveltekit/tsconfig.json.txt">tsconfig.json</a></li><li><a href="/source/examples/hosts/sveltekit/vite.config.ts.txt">vite.config.ts</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/hosts/sveltekit.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const sveltekit = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, sveltekit as default }
