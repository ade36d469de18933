import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: SdkErrorClass","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/SdkErrorClass.md","filePath":"reference/adapters/express/type-aliases/SdkErrorClass.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/SdkErrorClass.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / SdkErrorClass</p><h1 id="type-alias-sdkerrorclass" tabindex="-1">Type Alias: SdkErrorClass <a class="header-anchor" href="#type-alias-sdkerrorclass" aria-label="Permalink to &quot;Type Alias: SdkErrorClass&quot;">​</a></h1><blockquote><p><strong>SdkErrorClass</strong> = new (<code>message</code>) =&gt; <code>Error</code></p></blockquote><p>The class of errors of version 1 of the official SDK, such as its <code>InvalidTokenError</code>.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="message" tabindex="-1">message <a class="header-anchor" href="#message" aria-label="Permalink to &quot;message&quot;">​</a></h3><p><code>string</code></p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Error</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/SdkErrorClass.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const SdkErrorClass = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, SdkErrorClass as default }
