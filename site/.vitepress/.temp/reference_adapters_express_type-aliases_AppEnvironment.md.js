import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: AppEnvironment","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/AppEnvironment.md","filePath":"reference/adapters/express/type-aliases/AppEnvironment.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/AppEnvironment.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / AppEnvironment</p><h1 id="type-alias-appenvironment" tabindex="-1">Type Alias: AppEnvironment <a class="header-anchor" href="#type-alias-appenvironment" aria-label="Permalink to &quot;Type Alias: AppEnvironment&quot;">​</a></h1><blockquote><p><strong>AppEnvironment</strong> = <code>&quot;production&quot;</code> | <code>&quot;development&quot;</code></p></blockquote><p>Where an application runs. In production, users do not see texts for developers.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/AppEnvironment.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const AppEnvironment = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, AppEnvironment as default }
