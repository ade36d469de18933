import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: SdkErrorClasses","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/SdkErrorClasses.md","filePath":"reference/adapters/express/interfaces/SdkErrorClasses.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/SdkErrorClasses.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / SdkErrorClasses</p><h1 id="interface-sdkerrorclasses" tabindex="-1">Interface: SdkErrorClasses <a class="header-anchor" href="#interface-sdkerrorclasses" aria-label="Permalink to &quot;Interface: SdkErrorClasses&quot;">​</a></h1><p>The classes of errors of version 1 of the official SDK. The SDK recognizes its errors by their class, so pass the module <code>@modelcontextprotocol/sdk/server/auth/errors.js</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="accessdeniederror" tabindex="-1">AccessDeniedError? <a class="header-anchor" href="#accessdeniederror" aria-label="Permalink to &quot;AccessDeniedError?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>AccessDeniedError?</strong>: <a href="./../type-aliases/SdkErrorClass"><code>SdkErrorClass</code></a></p></blockquote><p>The error for a client or a tenant that is not allowed. The SDK responds with 400.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>InvalidTokenError</code></p><hr><h3 id="insufficientscopeerror" tabindex="-1">InsufficientScopeError? <a class="header-anchor" href="#insufficientscopeerror" aria-label="Permalink to &quot;InsufficientScopeError?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>InsufficientScopeError?</strong>: <a href="./../type-aliases/SdkErrorClass"><code>SdkErrorClass</code></a></p></blockquote><p>The error that the SDK responds to with 403.</p><h4 id="default-value-1" tabindex="-1">Default Value <a class="header-anchor" href="#default-value-1" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>InvalidTokenError</code></p><hr><h3 id="invalidrequesterror" tabindex="-1">InvalidRequestError? <a class="header-anchor" href="#invalidrequesterror" aria-label="Permalink to &quot;InvalidRequestError?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>InvalidRequestError?</strong>: <a href="./../type-aliases/SdkErrorClass"><code>SdkErrorClass</code></a></p></blockquote><p>The error that the SDK responds to with 400.</p><h4 id="default-value-2" tabindex="-1">Default Value <a class="header-anchor" href="#default-value-2" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>InvalidTokenError</code></p><hr><h3 id="invalidtokenerror" tabindex="-1">InvalidTokenError <a class="header-anchor" href="#invalidtokenerror" aria-label="Permalink to &quot;InvalidTokenError&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>InvalidTokenError</strong>: <a href="./../type-aliases/SdkErrorClass"><code>SdkErrorClass</code></a></p></blockquote><p>The error that the SDK responds to with 401.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/SdkErrorClasses.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const SdkErrorClasses = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, SdkErrorClasses as default }
