import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Variable: IdentityContext","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/nestjs/variables/IdentityContext.md","filePath":"reference/adapters/nestjs/variables/IdentityContext.md"}',
)
const _sfc_main = { name: 'reference/adapters/nestjs/variables/IdentityContext.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/nestjs</a> / IdentityContext</p><h1 id="variable-identitycontext" tabindex="-1">Variable: IdentityContext <a class="header-anchor" href="#variable-identitycontext" aria-label="Permalink to &quot;Variable: IdentityContext&quot;">​</a></h1><blockquote><p><code>const</code> <strong>IdentityContext</strong>: <code>ParameterOf</code>&lt;<code>never</code>&gt;</p></blockquote><p>Injects the context of the guard. Its type is <code>LoginContext</code>, or <code>TokenContext</code> if you require scopes. With <a href="./../classes/ApiGuard">ApiGuard</a>, it is <code>AuthorizationContext</code>. With <a href="./../classes/EitherGuard">EitherGuard</a>, it is <code>EitherContext</code>.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/nestjs/variables/IdentityContext.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const IdentityContext = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, IdentityContext as default }
