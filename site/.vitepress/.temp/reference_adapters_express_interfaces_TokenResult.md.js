import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: TokenResult","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/TokenResult.md","filePath":"reference/adapters/express/interfaces/TokenResult.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/TokenResult.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / TokenResult</p><h1 id="interface-tokenresult" tabindex="-1">Interface: TokenResult <a class="header-anchor" href="#interface-tokenresult" aria-label="Permalink to &quot;Interface: TokenResult&quot;">​</a></h1><p>An access token that <code>getTokenForUser</code>, <code>getTokenForClient</code> and <code>getTokenOnBehalfOf</code> return, with its type and its remaining lifetime.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="./TokenContext"><code>TokenContext</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="accesstoken" tabindex="-1">accessToken <a class="header-anchor" href="#accesstoken" aria-label="Permalink to &quot;accessToken&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>accessToken</strong>: <code>string</code></p></blockquote><p>The token itself, for a client library.</p><hr><h3 id="expiresinseconds" tabindex="-1">expiresInSeconds <a class="header-anchor" href="#expiresinseconds" aria-label="Permalink to &quot;expiresInSeconds&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>expiresInSeconds</strong>: <code>number</code></p></blockquote><p>The number of seconds until the token expires.</p><hr><h3 id="scopes" tabindex="-1">scopes <a class="header-anchor" href="#scopes" aria-label="Permalink to &quot;scopes&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>scopes</strong>: readonly <code>string</code>[]</p></blockquote><p>The granted scopes, without the API&#39;s prefix.</p><hr><h3 id="tokentype" tabindex="-1">tokenType <a class="header-anchor" href="#tokentype" aria-label="Permalink to &quot;tokenType&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>tokenType</strong>: <code>string</code></p></blockquote><p>The type of the token, usually <code>Bearer</code>. It comes before the token in the <code>Authorization</code> header.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/TokenResult.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const TokenResult = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, TokenResult as default }
