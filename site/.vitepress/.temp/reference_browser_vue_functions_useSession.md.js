import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Function: useSession()","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/browser/vue/functions/useSession.md","filePath":"reference/browser/vue/functions/useSession.md"}',
)
const _sfc_main = { name: 'reference/browser/vue/functions/useSession.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/vue</a> / useSession</p><h1 id="function-usesession" tabindex="-1">Function: useSession() <a class="header-anchor" href="#function-usesession" aria-label="Permalink to &quot;Function: useSession()&quot;">​</a></h1><blockquote><p><strong>useSession</strong>&lt;<code>View</code>&gt;(): <a href="./../interfaces/UseSession"><code>UseSession</code></a>&lt;<code>View</code>&gt;</p></blockquote><p>Returns the session. Its refs change with it.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="view" tabindex="-1">View <a class="header-anchor" href="#view" aria-label="Permalink to &quot;View&quot;">​</a></h3><p><code>View</code> = <code>unknown</code></p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="./../interfaces/UseSession"><code>UseSession</code></a>&lt;<code>View</code>&gt;</p><p>The refs <code>status</code>, <code>user</code>, <code>error</code> and <code>state</code>, and the methods of the session.</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>Error if the application does not use <code>sessionPlugin()</code>.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">login</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">logout</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> useSession</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">()</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/browser/vue/functions/useSession.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const useSession = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, useSession as default }
