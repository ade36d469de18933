import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: AuthorizationContext","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/AuthorizationContext.md","filePath":"reference/adapters/express/type-aliases/AuthorizationContext.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/AuthorizationContext.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / AuthorizationContext</p><h1 id="type-alias-authorizationcontext" tabindex="-1">Type Alias: AuthorizationContext <a class="header-anchor" href="#type-alias-authorizationcontext" aria-label="Permalink to &quot;Type Alias: AuthorizationContext&quot;">​</a></h1><blockquote><p><strong>AuthorizationContext</strong> = <a href="./../interfaces/UserContext"><code>UserContext</code></a> | <a href="./../interfaces/AppContext"><code>AppContext</code></a></p></blockquote><p>The context of a handler: either <code>context.user</code> or <code>context.app</code> is defined.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/AuthorizationContext.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const AuthorizationContext = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, AuthorizationContext as default }
