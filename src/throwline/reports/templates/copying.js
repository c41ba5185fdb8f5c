// Beside every value of a form a button that copies it. Without scripts one click selects the value.
const words = document.body.dataset;
for (const value of document.querySelectorAll(".fields .value")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = words.copy;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(value.textContent);
      button.textContent = words.copied;
    } catch {
      getSelection().selectAllChildren(value);
    }
  });
  value.after(" ", button);
}
