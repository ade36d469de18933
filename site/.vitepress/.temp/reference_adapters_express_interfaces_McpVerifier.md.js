import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: McpVerifier","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/McpVerifier.md","filePath":"reference/adapters/express/interfaces/McpVerifier.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/McpVerifier.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / McpVerifier</p><h1 id="interface-mcpverifier" tabindex="-1">Interface: McpVerifier <a class="header-anchor" href="#interface-mcpverifier" aria-label="Permalink to &quot;Interface: McpVerifier&quot;">​</a></h1><p>Verifies tokens for the official SDK, in the shape of its <code>OAuthTokenVerifier</code>.</p><h2 id="methods" tabindex="-1">Methods <a class="header-anchor" href="#methods" aria-label="Permalink to &quot;Methods&quot;">​</a></h2><h3 id="verifyaccesstoken" tabindex="-1">verifyAccessToken() <a class="header-anchor" href="#verifyaccesstoken" aria-label="Permalink to &quot;verifyAccessToken()&quot;">​</a></h3><blockquote><p><strong>verifyAccessToken</strong>(<code>token</code>): <code>Promise</code>&lt;<a href="./AuthInfo"><code>AuthInfo</code></a>&gt;</p></blockquote><p>Verifies a token.</p><h4 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="token" tabindex="-1">token <a class="header-anchor" href="#token" aria-label="Permalink to &quot;token&quot;">​</a></h5><p><code>string</code></p><p>The access token, without <code>Bearer</code>.</p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>Promise</code>&lt;<a href="./AuthInfo"><code>AuthInfo</code></a>&gt;</p><p>The caller.</p><h4 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h4><p>An error that the SDK responds to with 401, 403 or 400. If the provider does not respond, an <a href="./../../../index/classes/IdentityError">IdentityError</a> that the SDK responds to with 500.</p><h4 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">use</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/mcp&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">requireBearerAuth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ verifier: mcp.verifier }))</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/McpVerifier.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const McpVerifier = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, McpVerifier as default }
