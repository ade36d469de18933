import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/hosts/azure-functions","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/hosts/azure-functions.md","filePath":"source/examples/hosts/azure-functions.md"}',
)
const _sfc_main = { name: 'source/examples/hosts/azure-functions.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="exampleshostsazure-functions" tabindex="-1">examples/hosts/azure-functions <a class="header-anchor" href="#exampleshostsazure-functions" aria-label="Permalink to &quot;examples/hosts/azure-functions&quot;">​</a></h1><p>The folder <code>examples/hosts/azure-functions</code> of the repository contains:</p><ul><li><a href="/source/examples/hosts/azure-functions/README.md.txt">README.md</a></li><li><a href="/source/examples/hosts/azure-functions/host.json.txt">host.json</a></li><li><a href="/source/examples/hosts/azure-functions/local.settings.sample.json.txt">local.settings.sample.json</a></li><li><a href="/source/examples/hosts/azure-functions/package.json.txt">package.json</a></li><li><a href="/source/examples/hosts/azure-functions/screenshot.png.txt">screenshot.png</a></li><li><a href="/source/examples/hosts/azure-functions/src/index.ts.txt">src/index.ts</a></li><li><a href="/source/examples/hosts/azure-functions/src/pages.ts.txt">src/pages.ts</a></li><li><a href="/source/examples/hosts/azure-functions/tsconfig.json.txt">tsconfig.json</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/hosts/azure-functions.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const azureFunctions = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, azureFunctions as default }
