import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"identity-web/browser","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/browser/index.md","filePath":"reference/browser/index.md"}',
)
const _sfc_main = { name: 'reference/browser/index.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../">API</a> / identity-web/browser</p><h1 id="identity-webbrowser" tabindex="-1">identity-web/browser <a class="header-anchor" href="#identity-webbrowser" aria-label="Permalink to &quot;identity-web/browser&quot;">​</a></h1><h2 id="classes" tabindex="-1">Classes <a class="header-anchor" href="#classes" aria-label="Permalink to &quot;Classes&quot;">​</a></h2><ul><li><a href="./classes/LoginRequired">LoginRequired</a></li><li><a href="./classes/SessionError">SessionError</a></li></ul><h2 id="interfaces" tabindex="-1">Interfaces <a class="header-anchor" href="#interfaces" aria-label="Permalink to &quot;Interfaces&quot;">​</a></h2><ul><li><a href="./interfaces/BrowserLoginOptions">BrowserLoginOptions</a></li><li><a href="./interfaces/Expiring">Expiring</a></li><li><a href="./interfaces/ExpiringOptions">ExpiringOptions</a></li><li><a href="./interfaces/Register">Register</a></li><li><a href="./interfaces/Session">Session</a></li><li><a href="./interfaces/SessionClientOptions">SessionClientOptions</a></li><li><a href="./interfaces/SignedInSession">SignedInSession</a></li><li><a href="./interfaces/SignedOutSession">SignedOutSession</a></li></ul><h2 id="type-aliases" tabindex="-1">Type Aliases <a class="header-anchor" href="#type-aliases" aria-label="Permalink to &quot;Type Aliases&quot;">​</a></h2><ul><li><a href="./type-aliases/BrowserSession">BrowserSession</a></li><li><a href="./type-aliases/RegisteredView">RegisteredView</a></li><li><a href="./type-aliases/SessionErrorCode">SessionErrorCode</a></li><li><a href="./type-aliases/SessionState">SessionState</a></li></ul><h2 id="functions" tabindex="-1">Functions <a class="header-anchor" href="#functions" aria-label="Permalink to &quot;Functions&quot;">​</a></h2><ul><li><a href="./functions/createSession">createSession</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/browser/index.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, index as default }
