import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: SessionErrorCode","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/browser/type-aliases/SessionErrorCode.md","filePath":"reference/browser/type-aliases/SessionErrorCode.md"}',
)
const _sfc_main = { name: 'reference/browser/type-aliases/SessionErrorCode.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web/browser</a> / SessionErrorCode</p><h1 id="type-alias-sessionerrorcode" tabindex="-1">Type Alias: SessionErrorCode <a class="header-anchor" href="#type-alias-sessionerrorcode" aria-label="Permalink to &quot;Type Alias: SessionErrorCode&quot;">​</a></h1><blockquote><p><strong>SessionErrorCode</strong> = <code>&quot;offline&quot;</code> | <code>&quot;unavailable&quot;</code> | <code>&quot;configuration&quot;</code></p></blockquote><p>Why the session is not known.</p><ul><li><code>offline</code>: the request did not reach the server.</li><li><code>unavailable</code>: the server cannot tell at the moment.</li><li><code>configuration</code>: the response is not that of a session endpoint. The message says what to change.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/browser/type-aliases/SessionErrorCode.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const SessionErrorCode = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, SessionErrorCode as default }
