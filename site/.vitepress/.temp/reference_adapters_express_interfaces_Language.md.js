import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: Language","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/Language.md","filePath":"reference/adapters/express/interfaces/Language.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/Language.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / Language</p><h1 id="interface-language" tabindex="-1">Interface: Language <a class="header-anchor" href="#interface-language" aria-label="Permalink to &quot;Interface: Language&quot;">​</a></h1><p>A language of the pages. The library contains ten of them, such as <code>german</code> of <code><span class="word">identity-web/languages/de</span></code>.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> english</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> Language</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { tag: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;en-GB&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, texts }</span></span></code></pre></div><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="tag" tabindex="-1">tag <a class="header-anchor" href="#tag" aria-label="Permalink to &quot;tag&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>tag</strong>: <code>string</code></p></blockquote><p>The language tag (BCP 47), such as <code>de</code> or <code><span class="word">zh-Hans</span></code>.</p><hr><h3 id="texts" tabindex="-1">texts <a class="header-anchor" href="#texts" aria-label="Permalink to &quot;texts&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>texts</strong>: <a href="./PageTexts"><code>PageTexts</code></a></p></blockquote><p>All texts in this language.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/Language.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const Language = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, Language as default }
