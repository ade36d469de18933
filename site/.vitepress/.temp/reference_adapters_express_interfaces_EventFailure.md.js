import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: EventFailure","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/EventFailure.md","filePath":"reference/adapters/express/interfaces/EventFailure.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/EventFailure.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / EventFailure</p><h1 id="interface-eventfailure" tabindex="-1">Interface: EventFailure <a class="header-anchor" href="#interface-eventfailure" aria-label="Permalink to &quot;Interface: EventFailure&quot;">​</a></h1><p>The error of an event about a failure.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="code" tabindex="-1">code <a class="header-anchor" href="#code" aria-label="Permalink to &quot;code&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>code</strong>: <a href="./../../../index/type-aliases/IdentityErrorCode"><code>IdentityErrorCode</code></a></p></blockquote><p>The kind of the error.</p><hr><h3 id="correlationid" tabindex="-1">correlationId? <a class="header-anchor" href="#correlationid" aria-label="Permalink to &quot;correlationId?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>correlationId?</strong>: <code>string</code></p></blockquote><p>The provider&#39;s ID of the failed request.</p><hr><h3 id="hint" tabindex="-1">hint? <a class="header-anchor" href="#hint" aria-label="Permalink to &quot;hint?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>hint?</strong>: <code>string</code></p></blockquote><p>Advice for the operator: the setting to change and where to find it.</p><hr><h3 id="microsoftcodes" tabindex="-1">microsoftCodes? <a class="header-anchor" href="#microsoftcodes" aria-label="Permalink to &quot;microsoftCodes?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>microsoftCodes?</strong>: readonly <code>string</code>[]</p></blockquote><p>Microsoft&#39;s error codes, such as <code>AADSTS7000215</code>.</p><hr><h3 id="oautherror" tabindex="-1">oauthError? <a class="header-anchor" href="#oautherror" aria-label="Permalink to &quot;oauthError?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>oauthError?</strong>: <code>string</code></p></blockquote><p>The OAuth error code from the provider, such as <code>invalid_client</code>.</p><hr><h3 id="reason" tabindex="-1">reason <a class="header-anchor" href="#reason" aria-label="Permalink to &quot;reason&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>reason</strong>: <a href="./../../../index/type-aliases/IdentityErrorCode"><code>IdentityErrorCode</code></a> | <a href="./../../../index/type-aliases/ErrorReason"><code>ErrorReason</code></a></p></blockquote><p>The cause in one word: the error&#39;s <code>reason</code>, or its <code>code</code>.</p><hr><h3 id="suberror" tabindex="-1">suberror? <a class="header-anchor" href="#suberror" aria-label="Permalink to &quot;suberror?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>suberror?</strong>: <code>string</code></p></blockquote><p>Microsoft&#39;s detail of <code>oauthError</code>.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/EventFailure.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const EventFailure = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, EventFailure as default }
