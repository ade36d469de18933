import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: SingleCredential","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/type-aliases/SingleCredential.md","filePath":"reference/index/type-aliases/SingleCredential.md"}',
)
const _sfc_main = { name: 'reference/index/type-aliases/SingleCredential.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / SingleCredential</p><h1 id="type-alias-singlecredential" tabindex="-1">Type Alias: SingleCredential <a class="header-anchor" href="#type-alias-singlecredential" aria-label="Permalink to &quot;Type Alias: SingleCredential&quot;">​</a></h1><blockquote><p><strong>SingleCredential</strong> = <code>string</code> | <a href="./../interfaces/CertificateCredential"><code>CertificateCredential</code></a> | <a href="./ClientAssertion"><code>ClientAssertion</code></a> | <a href="./../interfaces/FederatedTokenCredential"><code>FederatedTokenCredential</code></a></p></blockquote><p>One credential of an application: a client secret, a certificate, a function that returns a signed assertion, or an object that gets tokens of a managed identity.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> credential</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> SingleCredential</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { certificate: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;app.pem&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, privateKey: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;app.key&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/type-aliases/SingleCredential.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const SingleCredential = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, SingleCredential as default }
