import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/hosts/graphql","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/hosts/graphql.md","filePath":"source/examples/hosts/graphql.md"}',
)
const _sfc_main = { name: 'source/examples/hosts/graphql.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="exampleshostsgraphql" tabindex="-1">examples/hosts/graphql <a class="header-anchor" href="#exampleshostsgraphql" aria-label="Permalink to &quot;examples/hosts/graphql&quot;">​</a></h1><p>The folder <code>examples/hosts/graphql</code> of the repository contains:</p><ul><li><a href="/source/examples/hosts/graphql/README.md.txt">README.md</a></li><li><a href="/source/examples/hosts/graphql/package.json.txt">package.json</a></li><li><a href="/source/examples/hosts/graphql/screenshot.png.txt">screenshot.png</a></li><li><a href="/source/examples/hosts/graphql/src/app.module.ts.txt">src/app.module.ts</a></li><li><a href="/source/examples/hosts/graphql/src/main.ts.txt">src/main.ts</a></li><li><a href="/source/examples/hosts/graphql/src/me.resolver.ts.txt">src/me.resolver.ts</a></li><li><a href="/source/examples/hosts/graphql/src/page.controller.ts.txt">src/page.controller.ts</a></li><li><a href="/source/examples/hosts/graphql/tsconfig.json.txt">tsconfig.json</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/hosts/graphql.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const graphql = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, graphql as default }
