import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: ClientAssertionRequest","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/interfaces/ClientAssertionRequest.md","filePath":"reference/index/interfaces/ClientAssertionRequest.md"}',
)
const _sfc_main = { name: 'reference/index/interfaces/ClientAssertionRequest.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / ClientAssertionRequest</p><h1 id="interface-clientassertionrequest" tabindex="-1">Interface: ClientAssertionRequest <a class="header-anchor" href="#interface-clientassertionrequest" aria-label="Permalink to &quot;Interface: ClientAssertionRequest&quot;">​</a></h1><p>The application and the token endpoint that a <a href="./../type-aliases/ClientAssertion">ClientAssertion</a> is for.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> claims</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> ({ </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">clientId</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">tokenEndpoint</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> ClientAssertionRequest</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> ({ sub: clientId, aud: tokenEndpoint })</span></span></code></pre></div><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="clientid" tabindex="-1">clientId <a class="header-anchor" href="#clientid" aria-label="Permalink to &quot;clientId&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>clientId</strong>: <code>string</code></p></blockquote><p>The application&#39;s client ID.</p><hr><h3 id="tenantid" tabindex="-1">tenantId? <a class="header-anchor" href="#tenantid" aria-label="Permalink to &quot;tenantId?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>tenantId?</strong>: <code>string</code></p></blockquote><p>The tenant of the authority, if the authority is a single tenant.</p><hr><h3 id="tokenendpoint" tabindex="-1">tokenEndpoint <a class="header-anchor" href="#tokenendpoint" aria-label="Permalink to &quot;tokenEndpoint&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>tokenEndpoint</strong>: <code>string</code></p></blockquote><p>The URL that receives the assertion. If the application signs the assertion itself, this URL is the audience.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/interfaces/ClientAssertionRequest.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ClientAssertionRequest = /* @__PURE__ */ _export_sfc(_sfc_main, [
  ['ssrRender', _sfc_ssrRender],
])
export { __pageData, ClientAssertionRequest as default }
