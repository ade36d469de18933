import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: IdentityModuleAsyncOptions","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/nestjs/type-aliases/IdentityModuleAsyncOptions.md","filePath":"reference/adapters/nestjs/type-aliases/IdentityModuleAsyncOptions.md"}',
)
const _sfc_main = { name: 'reference/adapters/nestjs/type-aliases/IdentityModuleAsyncOptions.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/nestjs</a> / IdentityModuleAsyncOptions</p><h1 id="type-alias-identitymoduleasyncoptions" tabindex="-1">Type Alias: IdentityModuleAsyncOptions <a class="header-anchor" href="#type-alias-identitymoduleasyncoptions" aria-label="Permalink to &quot;Type Alias: IdentityModuleAsyncOptions&quot;">​</a></h1><blockquote><p><strong>IdentityModuleAsyncOptions</strong> = <code>ConfigurableModuleAsyncOptions</code>&lt;<a href="./../interfaces/IdentityModuleOptions"><code>IdentityModuleOptions</code></a>&lt;<code>any</code>&gt;, <code>&quot;createIdentityOptions&quot;</code>&gt; &amp; <a href="./../interfaces/IdentityModuleScope"><code>IdentityModuleScope</code></a></p></blockquote><p>The source of options that are known only at start.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/nestjs/type-aliases/IdentityModuleAsyncOptions.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const IdentityModuleAsyncOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [
  ['ssrRender', _sfc_ssrRender],
])
export { __pageData, IdentityModuleAsyncOptions as default }
