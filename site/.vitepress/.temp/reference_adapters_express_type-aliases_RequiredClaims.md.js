import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: RequiredClaims<Claims>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/RequiredClaims.md","filePath":"reference/adapters/express/type-aliases/RequiredClaims.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/RequiredClaims.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / RequiredClaims</p><h1 id="type-alias-requiredclaimsclaims" tabindex="-1">Type Alias: RequiredClaims&lt;Claims&gt; <a class="header-anchor" href="#type-alias-requiredclaimsclaims" aria-label="Permalink to &quot;Type Alias: RequiredClaims\\&lt;Claims\\&gt;&quot;">​</a></h1><blockquote><p><strong>RequiredClaims</strong>&lt;<code>Claims</code>&gt; = <code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <code>string</code> | <code>number</code> | <code>boolean</code>&gt;&gt; | ((<code>claims</code>) =&gt; <code>MaybePromise</code>&lt;<code>boolean</code>&gt;)</p></blockquote><p>Claims that a route requires, or a function that decides from the verified claims. A value is compared with <code>===</code>. If the claim is a list, the list must contain the value. A function must return <code>true</code> to allow the caller.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="claims" tabindex="-1">Claims <a class="header-anchor" href="#claims" aria-label="Permalink to &quot;Claims&quot;">​</a></h3><p><code>Claims</code> = <code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <code>unknown</code>&gt;&gt;</p><p>The type of the claims.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> claims</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> RequiredClaims</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { department: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;HR&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, email_verified: </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">true</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/RequiredClaims.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const RequiredClaims = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, RequiredClaims as default }
