import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: IdentityErrorCode","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/type-aliases/IdentityErrorCode.md","filePath":"reference/index/type-aliases/IdentityErrorCode.md"}',
)
const _sfc_main = { name: 'reference/index/type-aliases/IdentityErrorCode.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / IdentityErrorCode</p><h1 id="type-alias-identityerrorcode" tabindex="-1">Type Alias: IdentityErrorCode <a class="header-anchor" href="#type-alias-identityerrorcode" aria-label="Permalink to &quot;Type Alias: IdentityErrorCode&quot;">​</a></h1><blockquote><p><strong>IdentityErrorCode</strong> = <code>&quot;configuration&quot;</code> | <code>&quot;session_too_large&quot;</code> | <code>&quot;login_required&quot;</code> | <code>&quot;interaction_required&quot;</code> | <code>&quot;refresh_required&quot;</code> | <code>&quot;access_denied&quot;</code> | <code>&quot;invalid_request&quot;</code> | <code>&quot;invalid_token&quot;</code> | <code>&quot;insufficient_scope&quot;</code> | <code>&quot;provider_error&quot;</code> | <code>&quot;provider_unavailable&quot;</code> | <code>&quot;invalid_response&quot;</code> | <code>&quot;store_unavailable&quot;</code></p></blockquote><p>The kind of an error. The code tells you who must act.</p><ul><li>The developer: <code>configuration</code>, <code>session_too_large</code>.</li><li>The user: <code>login_required</code>, <code>interaction_required</code>, <code>access_denied</code>.</li><li>The page: <code>refresh_required</code>. It sends an ordinary request to a guarded route, which refreshes the session.</li><li>The caller of an API: <code>invalid_request</code>, <code>invalid_token</code>, <code>insufficient_scope</code>.</li><li>The operator: <code>provider_error</code>, <code>provider_unavailable</code>, <code>invalid_response</code>, <code>store_unavailable</code>.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/type-aliases/IdentityErrorCode.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const IdentityErrorCode = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, IdentityErrorCode as default }
