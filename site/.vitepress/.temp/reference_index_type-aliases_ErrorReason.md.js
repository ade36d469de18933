import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: ErrorReason","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/type-aliases/ErrorReason.md","filePath":"reference/index/type-aliases/ErrorReason.md"}',
)
const _sfc_main = { name: 'reference/index/type-aliases/ErrorReason.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / ErrorReason</p><h1 id="type-alias-errorreason" tabindex="-1">Type Alias: ErrorReason <a class="header-anchor" href="#type-alias-errorreason" aria-label="Permalink to &quot;Type Alias: ErrorReason&quot;">​</a></h1><blockquote><p><strong>ErrorReason</strong> = <code>&quot;dns&quot;</code> | <code>&quot;connection_refused&quot;</code> | <code>&quot;connection_reset&quot;</code> | <code>&quot;timeout&quot;</code> | <code>&quot;tls&quot;</code> | <code>&quot;proxy&quot;</code> | <code>&quot;wrong_tenant&quot;</code> | <code>&quot;clock&quot;</code> | <code>&quot;refresh_rejected&quot;</code> | <code>&quot;unreadable_response&quot;</code> | <code>&quot;store_not_connected&quot;</code> | <code>&quot;store_refused&quot;</code> | <code>&quot;store_timeout&quot;</code> | <code>&quot;store_failed&quot;</code></p></blockquote><p>A cause that the library recognizes.</p><ul><li><code>dns</code>, <code>connection_refused</code>, <code>connection_reset</code>, <code>timeout</code>, <code>tls</code>, <code>proxy</code>: the network between this server and the provider.</li><li><code>wrong_tenant</code>: the authority names a tenant that does not exist.</li><li><code>clock</code>: the clock of this server differs from the provider&#39;s.</li><li><code>refresh_rejected</code>: the provider does not accept the refresh token anymore.</li><li><code>unreadable_response</code>: the status is 4xx, and the response is not OAuth. A proxy may have sent it.</li><li><code>store_not_connected</code>, <code>store_refused</code>, <code>store_timeout</code>, <code>store_failed</code>: the session store.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/type-aliases/ErrorReason.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ErrorReason = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ErrorReason as default }
