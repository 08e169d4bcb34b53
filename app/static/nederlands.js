// Streamlit's own strings are English and cannot be configured; this changes what a reader or a screen reader meets.
(() => {
  const words = {
    "Main menu": "Hoofdmenu", "Skip to main content": "Naar de inhoud", "Fullscreen": "Volledig scherm", "Close fullscreen": "Volledig scherm sluiten",
    "Show data": "Gegevens tonen", "Show chart": "Grafiek tonen", "Download as CSV": "Downloaden als CSV", "Download as PNG": "Opslaan als PNG",
    "Download as SVG": "Opslaan als SVG", "Open": "Openen", "Close": "Sluiten", "Clear value": "Keuze wissen", "More": "Meer", "Print": "Afdrukken",
    "Rerun": "Opnieuw laden", "Stop": "Stoppen", "Running...": "Bezig...", "Settings": "Instellingen", "Record screen": "Scherm opnemen", "Record a screencast": "Scherm opnemen", "About": "Over",
    "No results": "Niets gevonden", "Choose an option": "Maak een keuze", "Link to heading": "Link naar deze kop", "Clear cache": "Geheugen wissen",
    "Copy Vega-Lite spec": "Grafiekcode kopiëren", "Enter fullscreen": "Volledig scherm", "Exit fullscreen": "Volledig scherm sluiten", "Hide data": "Gegevens verbergen",
    "Connecting": "Verbinden", "Connection error": "Geen verbinding", "Vega visualization": "Grafiek", "Select language": "Taal kiezen",
    "System": "Als systeem", "Light": "Licht", "Dark": "Donker", "Page not found": "Deze pagina bestaat niet",
    "Theme": "Thema", "Copy version to clipboard": "Versie kopiëren",
    "Selected values": "Gekozen waarden", "Clear all": "Alles wissen", "Select all": "Alles kiezen", "Dismiss": "Sluiten",
    "You can only select up to 5 options. Remove an option first.": "U kunt er hoogstens 5 kiezen. Haal er eerst een weg.",
  };
  const attributes = ["aria-label", "title", "placeholder"];
  const change = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const said = node.data.trim();
      if (Object.hasOwn(words, said)) node.data = node.data.replace(said, words[said]);
      else if (said.startsWith("Made with Streamlit")) node.data = node.data.replace("Made with", "Gemaakt met");
      else if (/^(The page that you have requested|You have requested page) [^]*Running the app's main page\.$/.test(said)) {
        node.data = "Op dit adres staat geen pagina van de Ketenmonitor. U ziet nu het Overzicht. Sluit dit venster en kies een pagina in het menu.";
      } else if (/^\d+ more$/.test(said)) node.data = `Nog ${said.split(" ")[0]}`;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.parentElement?.dataset.testid === "stTable" && node.tagName === "DIV") node.tabIndex = 0; // a table that scrolls must be reachable by keyboard
    if (node.classList.contains("st-key-over-deze-cijfers") && !node.role) { node.role = "navigation"; node.ariaLabel = "Over deze cijfers"; } // once: the observer sees it too
    if (node.dataset.testid === "stPopoverBody") setTimeout(() => { node.tabIndex = -1; node.focus(); }); // it stands at the end of the page: the next Tab would pass it by
    for (const name of attributes) {
      const said = node.getAttribute(name);
      if (said && Object.hasOwn(words, said)) node.setAttribute(name, words[said]);
      else if (said && said.includes(": ") && Object.hasOwn(words, said.split(": ")[0])) node.setAttribute(name, words[said.split(": ")[0]] + said.slice(said.indexOf(": ")));
      else if (said && /^Selected .*\./.test(said)) node.setAttribute(name, said.replace(/^Selected (.*?)\. ?/, "Gekozen: $1. "));
      else if (said && said.startsWith("Remove ")) node.setAttribute(name, `${said.slice(7)} weghalen`);
    }
    node.childNodes.forEach(change);
  };
  new MutationObserver((changes) => {
    for (const one of changes) {
      if (one.type === "attributes" || one.type === "characterData") change(one.target);
      else one.addedNodes.forEach(change);
    }
    if (document.documentElement.lang !== "nl") document.documentElement.lang = "nl";
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: [...attributes, "lang"] });
  // Streamlit runs a page again at the letter r: nobody who speaks to a computer, or types beside a field, should meet that (WCAG 2.1.4)
  window.addEventListener("keydown", (press) => {
    const writes = press.target.closest?.("input, textarea, [contenteditable=true]");
    if (/^[rc]$/i.test(press.key) && !writes && !press.ctrlKey && !press.metaKey && !press.altKey) press.stopPropagation();
  }, true);
  document.addEventListener("click", (click) => {
    if (click.target.closest?.('[data-km="afdrukken"]')) window.print();
  });
})();
