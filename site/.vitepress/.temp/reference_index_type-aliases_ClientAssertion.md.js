import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: ClientAssertion","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/type-aliases/ClientAssertion.md","filePath":"reference/index/type-aliases/ClientAssertion.md"}',
)
const _sfc_main = { name: 'reference/index/type-aliases/ClientAssertion.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / ClientAssertion</p><h1 id="type-alias-clientassertion" tabindex="-1">Type Alias: ClientAssertion <a class="header-anchor" href="#type-alias-clientassertion" aria-label="Permalink to &quot;Type Alias: ClientAssertion&quot;">​</a></h1><blockquote><p><strong>ClientAssertion</strong> = (<code>request</code>) =&gt; <code>string</code> | <code>Promise</code>&lt;<code>string</code>&gt;</p></blockquote><p>Returns a JWT that another service signed for this application (a federated identity credential).</p><p>It is called for each token request, so cache the JWT inside the function. The ready-made functions are <code>kubernetesAssertion()</code> and <code>managedIdentityAssertion()</code>.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="request" tabindex="-1">request <a class="header-anchor" href="#request" aria-label="Permalink to &quot;request&quot;">​</a></h3><p><a href="./../interfaces/ClientAssertionRequest"><code>ClientAssertionRequest</code></a></p><p>The application and the token endpoint that the assertion is for.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>string</code> | <code>Promise</code>&lt;<code>string</code>&gt;</p><p>The JWT.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> clientCredential</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> ClientAssertion</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> ({ </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">tokenEndpoint</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> signWithKeyVault</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(tokenEndpoint)</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/type-aliases/ClientAssertion.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ClientAssertion = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ClientAssertion as default }
