/* setup and loop instead of main; a loop ends its program when it wants to. */
int count = 0;

void setup() { pinMode(13, OUTPUT); }

void loop() {
    digitalWrite(13, count % 2);
    if (count == 3) {
        printf("done\n");
        exit(0);
    }
    printf("%d ", count);
    count = count + 1;
    delay(100);
}
