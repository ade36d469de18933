import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: IdentityModuleScope","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/nestjs/interfaces/IdentityModuleScope.md","filePath":"reference/adapters/nestjs/interfaces/IdentityModuleScope.md"}',
)
const _sfc_main = { name: 'reference/adapters/nestjs/interfaces/IdentityModuleScope.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/nestjs</a> / IdentityModuleScope</p><h1 id="interface-identitymodulescope" tabindex="-1">Interface: IdentityModuleScope <a class="header-anchor" href="#interface-identitymodulescope" aria-label="Permalink to &quot;Interface: IdentityModuleScope&quot;">​</a></h1><p>The visibility of the module.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="isglobal" tabindex="-1">isGlobal? <a class="header-anchor" href="#isglobal" aria-label="Permalink to &quot;isGlobal?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>isGlobal?</strong>: <code>boolean</code></p></blockquote><p>Whether all modules can use the guards and <code>Auth</code> without an import.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>false</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/nestjs/interfaces/IdentityModuleScope.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const IdentityModuleScope = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, IdentityModuleScope as default }
