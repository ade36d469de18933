import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: AuthInfo","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/AuthInfo.md","filePath":"reference/adapters/express/interfaces/AuthInfo.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/AuthInfo.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / AuthInfo</p><h1 id="interface-authinfo" tabindex="-1">Interface: AuthInfo <a class="header-anchor" href="#interface-authinfo" aria-label="Permalink to &quot;Interface: AuthInfo&quot;">​</a></h1><p>The caller of an MCP server in the shape of the official TypeScript SDK (<code>AuthInfo</code>), version 1 and 2. The SDK passes it on to tools.</p><p><code>JSON.stringify</code>, <code>console.log</code> and a copy with <code>{ ...authInfo }</code> do not contain the token.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="clientid" tabindex="-1">clientId <a class="header-anchor" href="#clientid" aria-label="Permalink to &quot;clientId&quot;">​</a></h3><blockquote><p><strong>clientId</strong>: <code>string</code></p></blockquote><p>The client ID of the application that sent the token. <code>&#39;&#39;</code> if the token does not name one.</p><hr><h3 id="expiresat" tabindex="-1">expiresAt <a class="header-anchor" href="#expiresat" aria-label="Permalink to &quot;expiresAt&quot;">​</a></h3><blockquote><p><strong>expiresAt</strong>: <code>number</code></p></blockquote><p>The time at which the token expires, as Unix time in seconds.</p><hr><h3 id="extra" tabindex="-1">extra <a class="header-anchor" href="#extra" aria-label="Permalink to &quot;extra&quot;">​</a></h3><blockquote><p><strong>extra</strong>: <a href="./AuthInfoExtra"><code>AuthInfoExtra</code></a> &amp; <code>Record</code>&lt;<code>string</code>, <code>unknown</code>&gt;</p></blockquote><p>The caller. <code>mcp.contextOf()</code> returns the whole context.</p><hr><h3 id="resource" tabindex="-1">resource <a class="header-anchor" href="#resource" aria-label="Permalink to &quot;resource&quot;">​</a></h3><blockquote><p><strong>resource</strong>: <code>URL</code></p></blockquote><p>The URL of the MCP server.</p><hr><h3 id="resourcemetadataurl" tabindex="-1">resourceMetadataUrl <a class="header-anchor" href="#resourcemetadataurl" aria-label="Permalink to &quot;resourceMetadataUrl&quot;">​</a></h3><blockquote><p><strong>resourceMetadataUrl</strong>: <code>string</code></p></blockquote><p>The URL of the metadata of the server (RFC 9728).</p><hr><h3 id="scopes" tabindex="-1">scopes <a class="header-anchor" href="#scopes" aria-label="Permalink to &quot;scopes&quot;">​</a></h3><blockquote><p><strong>scopes</strong>: <code>string</code>[]</p></blockquote><p>The scopes of the token in both forms: the short name, such as <code>Tools.Use</code>, and the full name that clients request, such as <code>https://tools.contoso.com/mcp/Tools.Use</code>. The SDK compares the two strings exactly.</p><hr><h3 id="token" tabindex="-1">token <a class="header-anchor" href="#token" aria-label="Permalink to &quot;token&quot;">​</a></h3><blockquote><p><strong>token</strong>: <code>string</code></p></blockquote><p>The access token. It is for this server only, so do not pass it on.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/AuthInfo.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const AuthInfo = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, AuthInfo as default }
