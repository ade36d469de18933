import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: Handle()","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/sveltekit/interfaces/Handle.md","filePath":"reference/adapters/sveltekit/interfaces/Handle.md"}',
)
const _sfc_main = { name: 'reference/adapters/sveltekit/interfaces/Handle.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/sveltekit</a> / Handle</p><h1 id="interface-handle" tabindex="-1">Interface: Handle() <a class="header-anchor" href="#interface-handle" aria-label="Permalink to &quot;Interface: Handle()&quot;">​</a></h1><p>The function that <code>hooks.server.ts</code> exports as <code>handle</code>.</p><blockquote><p><strong>Handle</strong>&lt;<code>Event</code>&gt;(<code>input</code>): <code>Promise</code>&lt;<code>Response</code>&gt;</p></blockquote><p>Handles a request. SvelteKit calls it.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="event" tabindex="-1">Event <a class="header-anchor" href="#event" aria-label="Permalink to &quot;Event&quot;">​</a></h3><p><code>Event</code> <em>extends</em> <a href="./../type-aliases/AnyEvent"><code>AnyEvent</code></a></p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="input" tabindex="-1">input <a class="header-anchor" href="#input" aria-label="Permalink to &quot;input&quot;">​</a></h3><p><a href="./HandleInput"><code>HandleInput</code></a>&lt;<code>Event</code>&gt;</p><p>The event, and the function that runs the rest of SvelteKit.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Promise</code>&lt;<code>Response</code>&gt;</p><p>The response.</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>Errors of other hooks, and errors of <code>onLogin</code> that are not an <code>IdentityError</code>.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> handle</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> auth.handle</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/sveltekit/interfaces/Handle.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const Handle = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, Handle as default }
