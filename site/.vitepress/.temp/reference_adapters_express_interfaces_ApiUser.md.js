import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: ApiUser","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/ApiUser.md","filePath":"reference/adapters/express/interfaces/ApiUser.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/ApiUser.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / ApiUser</p><h1 id="interface-apiuser" tabindex="-1">Interface: ApiUser <a class="header-anchor" href="#interface-apiuser" aria-label="Permalink to &quot;Interface: ApiUser&quot;">​</a></h1><p>The user that a client calls the API for.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="iss" tabindex="-1">iss <a class="header-anchor" href="#iss" aria-label="Permalink to &quot;iss&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>iss</strong>: <code>string</code></p></blockquote><p>The issuer of the token. <code>sub</code> is unique for each issuer.</p><hr><h3 id="name" tabindex="-1">name <a class="header-anchor" href="#name" aria-label="Permalink to &quot;name&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>name</strong>: <code>string</code> | <code>undefined</code></p></blockquote><p>The user&#39;s full name, for display only.</p><hr><h3 id="oid" tabindex="-1">oid <a class="header-anchor" href="#oid" aria-label="Permalink to &quot;oid&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>oid</strong>: <code>string</code> | <code>undefined</code></p></blockquote><p>Entra ID: the user&#39;s object ID, which is the same for every application of the tenant.</p><hr><h3 id="sub" tabindex="-1">sub <a class="header-anchor" href="#sub" aria-label="Permalink to &quot;sub&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>sub</strong>: <code>string</code></p></blockquote><p>The user&#39;s ID. At Entra ID, each API gets a different <code>sub</code> for the same user.</p><hr><h3 id="tid" tabindex="-1">tid <a class="header-anchor" href="#tid" aria-label="Permalink to &quot;tid&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>tid</strong>: <code>string</code> | <code>undefined</code></p></blockquote><p>Entra ID: the ID of the user&#39;s tenant. Include it in every key under which you store data of users.</p><hr><h3 id="username" tabindex="-1">username <a class="header-anchor" href="#username" aria-label="Permalink to &quot;username&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>username</strong>: <code>string</code> | <code>undefined</code></p></blockquote><p>The user&#39;s sign-in name, for display only. It can change, and another user can get it later.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/ApiUser.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ApiUser = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ApiUser as default }
