import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: NuxtModuleOptions","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/nuxt/interfaces/NuxtModuleOptions.md","filePath":"reference/nuxt/interfaces/NuxtModuleOptions.md"}',
)
const _sfc_main = { name: 'reference/nuxt/interfaces/NuxtModuleOptions.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web/nuxt</a> / NuxtModuleOptions</p><h1 id="interface-nuxtmoduleoptions" tabindex="-1">Interface: NuxtModuleOptions <a class="header-anchor" href="#interface-nuxtmoduleoptions" aria-label="Permalink to &quot;Interface: NuxtModuleOptions&quot;">​</a></h1><p>The options of the module. It has none, because the options of <code>Auth</code> are in <code>server/utils/auth.ts</code>.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/nuxt/interfaces/NuxtModuleOptions.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const NuxtModuleOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, NuxtModuleOptions as default }
