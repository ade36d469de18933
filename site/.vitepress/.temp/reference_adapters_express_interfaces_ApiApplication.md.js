import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: ApiApplication","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/ApiApplication.md","filePath":"reference/adapters/express/interfaces/ApiApplication.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/ApiApplication.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / ApiApplication</p><h1 id="interface-apiapplication" tabindex="-1">Interface: ApiApplication <a class="header-anchor" href="#interface-apiapplication" aria-label="Permalink to &quot;Interface: ApiApplication&quot;">​</a></h1><p>An application that calls the API without a user.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="clientid" tabindex="-1">clientId <a class="header-anchor" href="#clientid" aria-label="Permalink to &quot;clientId&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>clientId</strong>: <code>string</code></p></blockquote><p>The application&#39;s client ID.</p><hr><h3 id="iss" tabindex="-1">iss <a class="header-anchor" href="#iss" aria-label="Permalink to &quot;iss&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>iss</strong>: <code>string</code></p></blockquote><p>The issuer of the token.</p><hr><h3 id="oid" tabindex="-1">oid <a class="header-anchor" href="#oid" aria-label="Permalink to &quot;oid&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>oid</strong>: <code>string</code> | <code>undefined</code></p></blockquote><p>Entra ID: the object ID of the application&#39;s service principal in the tenant.</p><hr><h3 id="tid" tabindex="-1">tid <a class="header-anchor" href="#tid" aria-label="Permalink to &quot;tid&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>tid</strong>: <code>string</code> | <code>undefined</code></p></blockquote><p>Entra ID: the ID of the tenant that the application calls from.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/ApiApplication.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ApiApplication = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ApiApplication as default }
