import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: RequestIdentity","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/RequestIdentity.md","filePath":"reference/adapters/express/type-aliases/RequestIdentity.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/RequestIdentity.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / RequestIdentity</p><h1 id="type-alias-requestidentity" tabindex="-1">Type Alias: RequestIdentity <a class="header-anchor" href="#type-alias-requestidentity" aria-label="Permalink to &quot;Type Alias: RequestIdentity&quot;">​</a></h1><blockquote><p><strong>RequestIdentity</strong> = <a href="./../interfaces/SessionContext"><code>SessionContext</code></a>&lt;<a href="./../../../index/type-aliases/RegisteredUser"><code>RegisteredUser</code></a>&gt; | <a href="./AuthorizationContext"><code>AuthorizationContext</code></a></p></blockquote><p>The property <code>identity</code> of a request behind a guard that runs as middleware or as a hook. Its <code>kind</code> tells a signed-in user from a caller with an access token.</p><p>The type is the same for all requests, so TypeScript cannot infer the user. It is the <code>user</code> of <code>Register</code>, or else <code>unknown</code>. <code>auth.contextOf(req)</code> and <code>api.contextOf(req)</code> return the inferred type.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/RequestIdentity.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const RequestIdentity = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, RequestIdentity as default }
