import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/hosts/astro","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/hosts/astro.md","filePath":"source/examples/hosts/astro.md"}',
)
const _sfc_main = { name: 'source/examples/hosts/astro.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="exampleshostsastro" tabindex="-1">examples/hosts/astro <a class="header-anchor" href="#exampleshostsastro" aria-label="Permalink to &quot;examples/hosts/astro&quot;">​</a></h1><p>The folder <code>examples/hosts/astro</code> of the repository contains:</p><ul><li><a href="/source/examples/hosts/astro/README.md.txt">README.md</a></li><li><a href="/source/examples/hosts/astro/astro.config.ts.txt">astro.config.ts</a></li><li><a href="/source/examples/hosts/astro/package.json.txt">package.json</a></li><li><a href="/source/examples/hosts/astro/screenshot.png.txt">screenshot.png</a></li><li><a href="/source/examples/hosts/astro/src/actions/index.ts.txt">src/actions/index.ts</a></li><li><a href="/source/examples/hosts/astro/src/auth.ts.txt">src/auth.ts</a></li><li><a href="/source/examples/hosts/astro/src/env.d.ts.txt">src/env.d.ts</a></li><li><a href="/source/examples/hosts/astro/src/graph.ts.txt">src/graph.ts</a></li><li><a href="/source/examples/hosts/astro/src/layouts/Layout.astro.txt">src/layouts/Layout.astro</a></li><li><a href="/source/examples/hosts/astro/src/layouts/styles.css.txt">src/layouts/styles.css</a></li><li><a href="/source/examples/hosts/astro/src/middleware.ts.txt">src/middleware.ts</a></li><li><a href="/source/examples/hosts/astro/src/pages/account.astro.txt">src/pages/account.astro</a></li><li><a href="/source/examples/hosts/astro/src/pages/api/me.ts.txt">src/pages/api/me.ts</a></li><li><a href="/source/examples/hosts/astro/src/pages/call_api.astro.txt">src/pages/call_api.astro</a></li><li><a href="/source/examples/hosts/astro/src/pages/index.astro.txt">src/pages/index.astro</a></li><li><a href="/source/examples/hosts/astro/src/paths.ts.txt">src/paths.ts</a></li><li><a href="/source/examples/hosts/astro/tsconfig.json.txt">tsconfig.json</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/hosts/astro.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const astro = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, astro as default }
