/* Must be rejected, with the names of what is missing. */
int main() {
    int value = undefined_function(5);
    return value + undefined_variable;
}
