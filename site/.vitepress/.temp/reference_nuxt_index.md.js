import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"identity-web/nuxt","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/nuxt/index.md","filePath":"reference/nuxt/index.md"}',
)
const _sfc_main = { name: 'reference/nuxt/index.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../">API</a> / identity-web/nuxt</p><h1 id="identity-webnuxt" tabindex="-1">identity-web/nuxt <a class="header-anchor" href="#identity-webnuxt" aria-label="Permalink to &quot;identity-web/nuxt&quot;">​</a></h1><h2 id="interfaces" tabindex="-1">Interfaces <a class="header-anchor" href="#interfaces" aria-label="Permalink to &quot;Interfaces&quot;">​</a></h2><ul><li><a href="./interfaces/Nuxt">Nuxt</a></li><li><a href="./interfaces/NuxtModuleOptions">NuxtModuleOptions</a></li></ul><h2 id="functions" tabindex="-1">Functions <a class="header-anchor" href="#functions" aria-label="Permalink to &quot;Functions&quot;">​</a></h2><ul><li><a href="./functions/default">default</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/nuxt/index.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, index as default }
