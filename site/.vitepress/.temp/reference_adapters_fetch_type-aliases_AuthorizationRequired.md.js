import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: AuthorizationRequired","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/fetch/type-aliases/AuthorizationRequired.md","filePath":"reference/adapters/fetch/type-aliases/AuthorizationRequired.md"}',
)
const _sfc_main = { name: 'reference/adapters/fetch/type-aliases/AuthorizationRequired.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/fetch</a> / AuthorizationRequired</p><h1 id="type-alias-authorizationrequired" tabindex="-1">Type Alias: AuthorizationRequired <a class="header-anchor" href="#type-alias-authorizationrequired" aria-label="Permalink to &quot;Type Alias: AuthorizationRequired&quot;">​</a></h1><blockquote><p><strong>AuthorizationRequired</strong> = <code>FetchAuthorizationRequired</code>&lt;<code>Request</code>&gt;</p></blockquote><p>Guards request handlers of an API. Other callers get a 401 or 403 response with <code><span class="word">WWW-Authenticate</span></code>.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/fetch/type-aliases/AuthorizationRequired.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const AuthorizationRequired = /* @__PURE__ */ _export_sfc(_sfc_main, [
  ['ssrRender', _sfc_ssrRender],
])
export { __pageData, AuthorizationRequired as default }
